import type { Payment, StaticIp } from './domain/static-ip.js';

/** What identity keeps of the runners' static IPs, within a transaction of one organisation. */
export interface StaticIpStore {
  find(runnerId: string): Promise<StaticIp | undefined>;
  /** Those that there are, in any order. */
  findAll(runnerIds: readonly string[]): Promise<StaticIp[]>;
  /** Likewise, and keeps everybody else from changing it until the transaction ends. */
  lock(runnerId: string): Promise<StaticIp | undefined>;
  all(): Promise<StaticIp[]>;
  livingIn(hetznerProjectId: string): Promise<StaticIp[]>;
  /** Saves what changed; tells everybody. */
  change(runnerId: string, patch: Partial<StaticIp>): Promise<StaticIp>;
  /** Notes a sighting without telling anybody: it concerns only the moment at which the IP is gone. */
  seen(runnerIds: readonly string[], at: Date): Promise<void>;
  /** Notes what billing answered to a question whether it may be paid; tells nobody, for the next step does. */
  answered(runnerId: string, payment: Payment): Promise<void>;
  /** Notes the first request to delete it, before that is sent; tells nobody. */
  releaseSent(runnerId: string, at: Date): Promise<void>;
  /** Notes, likewise, that a list left them out; of several times in a row the first counts. */
  missed(runnerIds: readonly string[], at: Date): Promise<void>;
  /** Has the next step of one taken at that time. */
  makeDue(runnerId: string, at: Date): Promise<void>;
  /** When the next may be asked for in a project whose limit is reached; none where nobody waits for a higher limit. */
  nextTurnAt(hetznerProjectId: string): Promise<Date | undefined>;
  /** Tells nobody: it concerns only those that wait. */
  setNextTurn(hetznerProjectId: string, at: Date): Promise<void>;
  /** Of those that wait for a higher limit, the one that is due first. */
  nextForTurn(hetznerProjectId: string): Promise<string | undefined>;
  sighted(hetznerProjectId: string): Promise<Set<number>>;
  /** Replaces those of the look before. @param braked whether they are so many that none is deleted, which somebody must see */
  rememberSighted(hetznerProjectId: string, ids: readonly number[], braked: boolean): Promise<void>;
}
