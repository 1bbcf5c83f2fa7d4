import type { Architecture, Catalogue } from './domain/check-pool.js';
import type { JobsTaken, Pool } from './domain/pool.js';

/** Why a provider did not do what it was asked; what a caller can do about it. */
export type ProviderFailure =
  | 'credentials-invalid'
  | 'limit-exceeded'
  | 'sold-out'
  | 'name-taken'
  | 'not-found'
  /** Somebody else works on it, or the provider asks for patience: repeat later. */
  | 'busy'
  | 'refused'
  /** It may have happened or not: look before asking again. */
  | 'unknown-outcome';

/** A failed call to a provider, classified once. */
export class ProviderError extends Error {
  constructor(
    readonly failure: ProviderFailure,
    message: string,
    /** When to try again, where the provider said so. */
    readonly retryAt?: Date,
  ) {
    super(message);
  }
}

/** What a server is ordered at and keeps, net, in micro-units of its project's currency. */
export interface PriceAtOrder {
  readonly hourlyMicros: bigint;
  /** The most that a calendar month of it costs. */
  readonly monthlyCapMicros: bigint;
}

/** A server of ours, as the provider tells it. */
export interface ProviderServer {
  readonly id: number;
  readonly name: string;
  /** The instant from which its hours are counted. */
  readonly created: Date;
  readonly labels: Readonly<Record<string, string>>;
  /**
   * Known by the answer to its order alone, where that says so. With a server that is looked up Hetzner shows prices of its
   * type as well, but does not say whether those of the order or of now: however soon after the order, prices may have
   * changed in between. What billing's book says of the time of the order is no guess of that kind.
   */
  readonly priceAtOrder?: PriceAtOrder | undefined;
}

/** All of an order in one call, so that no part of it can get lost. */
export interface ServerOrder {
  /** Unique in the project: repeating the order with it is safe. */
  readonly name: string;
  readonly serverType: string;
  readonly location: string;
  readonly image: string;
  readonly labels: Record<string, string>;
  readonly userData: string;
  readonly sshKeyId: number;
  readonly firewallId: number;
  readonly primaryIpId: number;
}

/** Servers in one Hetzner project. Every method throws ProviderError. */
export interface Servers {
  /** Never repeated by itself. `name-taken`: there is one; its labels tell whose. */
  order(order: ServerOrder): Promise<ProviderServer>;
  findByName(name: string): Promise<ProviderServer | undefined>;
  /** `undefined` where there is none, whatever its labels. */
  find(id: number): Promise<ProviderServer | undefined>;
  /** All servers that bear this installation's label, in one batched read. */
  list(): Promise<ProviderServer[]>;
  /** Replaces all labels; repeating it is harmless. */
  setLabels(id: number, labels: Record<string, string>): Promise<void>;
  /** Never repeated by itself. */
  rebuild(id: number, rebuild: { image: string; userData: string }): Promise<void>;
  /** Whether a rebuild began at or after an instant; settles an unknown outcome. */
  rebuiltSince(id: number, since: Date): Promise<boolean>;
  /**
   * Begins the deletion; `undefined` when it is gone already. `unknown-outcome` also where it is gone and an answer was
   * lost before: asking again tells that it is gone.
   */
  delete(id: number): Promise<{ actionId: number; startedAt: Date } | undefined>;
  /** What became of a deletion that was begun; `failed` also where the provider has forgotten it. */
  outcomeOf(actionId: number): Promise<'running' | 'done' | 'failed'>;
  /** What may be ordered. Cached for minutes. */
  catalogue(): Promise<Catalogue>;
  /** For which architectures there is an image of this name; empty where there is none. */
  architecturesOf(image: string): Promise<Architecture[]>;
}

export interface NewGitLabRunner {
  /** By which it is found again when the answer is lost. */
  readonly description: string;
  /** Whose it is. */
  readonly mark: string;
  readonly pool: Pick<Pool, 'scopeKind' | 'scopeId'> & JobsTaken;
}

export type GitLabScope = Pick<Pool, 'scopeKind' | 'scopeId'>;

/** Runners in one GitLab. Every method throws ProviderError. */
export interface GitLabRunners {
  /** Never repeated by itself. */
  create(runner: NewGitLabRunner): Promise<{ id: number; token: string }>;
  /** Ids of the runners with this description, as far as they have our mark. */
  findByMark(runner: NewGitLabRunner): Promise<number[]>;
  /**
   * The runners of a group, project or instance, ours or not; lists do not show the mark. `refused` where the token may
   * not manage them. Left out, `first` is all.
   */
  list(scope: GitLabScope, first?: number): Promise<{ id: number; description: string }[]>;
  /** The mark of one runner; empty where it has none, `undefined` where it is gone. */
  markOf(id: number): Promise<string | undefined>;
  /** Has it take these jobs from then on, also where it was paused; repeating it is harmless. `not-found` where it is gone. */
  setJobsTaken(id: number, jobs: JobsTaken): Promise<void>;
  /** Takes no further job from then on; repeating it is harmless. `not-found` where it is gone. */
  pause(id: number): Promise<void>;
  hasRunningJob(id: number): Promise<boolean>;
  /**
   * The jobs that run on it, if all of them have run for so many seconds by GitLab's own clock, which may be another than
   * ours, and have not a line in their logs; else none.
   */
  silentJobs(id: number, forSeconds: number): Promise<number[]>;
  /** Deleting one that is gone counts as done. */
  delete(id: number): Promise<void>;
  /** GitLab's number of a group or project; `undefined` where there is none that the token may see. */
  findScope(kind: 'GROUP' | 'PROJECT', fullPath: string): Promise<number | undefined>;
}

/** Opens the providers' APIs; `undefined` while there are no usable credentials. */
export interface ProviderAccess {
  serversOf(organizationId: string, hetznerProjectId: string): Promise<Servers | undefined>;
  gitlabOf(organizationId: string, gitlabConnectionId: string): Promise<GitLabRunners | undefined>;
  /** Seals a GitLab runner's token for its machine's row. */
  sealRunnerToken(organizationId: string, machineId: string, token: string): Promise<Uint8Array>;
}
