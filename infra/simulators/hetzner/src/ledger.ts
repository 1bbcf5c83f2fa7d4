import { billed } from './billed.js';
import type {
  Begun,
  Call,
  CallFilter,
  Happening,
  KnownEntries,
  LedgerEntry,
  LedgerRecord,
  Life,
  OtherLife,
  PrimaryIpLife,
  Rescale,
  ResourceKind,
  ServerLife,
} from './ledger-entry.js';
import { shownEntry, shownResource } from './ledger-shown.js';
import { span } from './life-span.js';

/** Entries beyond this are on disk only, and the report tells how many they are. */
export const ENTRIES_IN_MEMORY = 50_000;

/** What really happened, append-only: the judge of every test. */
export class Ledger {
  private readonly servers: Map<number, ServerLife>;
  private readonly primaryIps: Map<number, PrimaryIpLife>;
  private readonly others: Map<number, OtherLife>;
  /** Told of every entry; keeps it beyond this process. */
  onEntry: (entry: LedgerEntry) => void = () => undefined;

  private readonly entries: LedgerEntry[];
  private forgotten: number;

  constructor(
    lives: LedgerRecord = { servers: [], primaryIps: [], others: [] },
    { entries, forgotten }: KnownEntries = { entries: [], forgotten: 0 },
  ) {
    this.entries = [...entries];
    this.forgotten = forgotten;
    this.servers = new Map(lives.servers.map((life) => [life.id, life]));
    this.primaryIps = new Map(lives.primaryIps.map((life) => [life.id, life]));
    this.others = new Map(lives.others.map((life) => [life.id, life]));
  }

  called(call: Call): void {
    this.enter(call);
  }

  serverBegan(life: Begun<ServerLife>): void {
    this.servers.set(life.id, { ...life, events: [] });
    const { rebuilds: _rebuilds, rescales: _rescales, ...facts } = life;
    this.happened('server', life.id, life.created, 'created', factsOf(facts));
  }

  serverRebuilt(id: number, at: number): void {
    this.servers.get(id)?.rebuilds.push(at);
    this.happened('server', id, at, 'rebuilt');
  }

  serverRescaled(id: number, rescale: Rescale): void {
    this.servers.get(id)?.rescales.push(rescale);
    const { at, ...facts } = rescale;
    this.happened('server', id, at, 'type_changed', facts);
  }

  /** The last change of type failed: the price before holds again. */
  serverNotRescaled(id: number, at: number): void {
    this.servers.get(id)?.rescales.pop();
    this.happened('server', id, at, 'type_change_failed');
  }

  /** Its deletion began; it costs money until that is done. */
  serverLeaves(id: number, at: number): void {
    this.happened('server', id, at, 'deletion_began');
  }

  /** The deletion failed. */
  serverKept(id: number, at: number): void {
    this.happened('server', id, at, 'deletion_failed');
  }

  serverEnded(id: number, at: number): void {
    end(this.servers.get(id), at);
    this.happened('server', id, at, 'deleted');
  }

  primaryIpBegan(life: Begun<PrimaryIpLife>): void {
    this.primaryIps.set(life.id, { ...life, events: [] });
    this.happened('primary_ip', life.id, life.created, 'created', factsOf(life));
  }

  primaryIpEnded(id: number, at: number): void {
    end(this.primaryIps.get(id), at);
    this.happened('primary_ip', id, at, 'deleted');
  }

  otherBegan(
    kind: OtherLife['kind'],
    project: string,
    { id, name, labels, created }: Pick<OtherLife, 'id' | 'name' | 'labels' | 'created'>,
  ): void {
    const life = { kind, id, project, name, labels: { ...labels }, created, deleted: null };
    this.others.set(id, { ...life, events: [] });
    this.happened(kind, id, created, 'created', factsOf(life));
  }

  otherEnded(id: number, at: number): void {
    const life = this.others.get(id);
    end(life, at);
    if (life) this.happened(life.kind, id, at, 'deleted');
  }

  relabelled(kind: 'server' | 'primary_ip', id: number, at: number, labels: Record<string, string>): void {
    const life = (kind === 'server' ? this.servers : this.primaryIps).get(id);
    if (life) life.labels = { ...labels };
    this.happened(kind, id, at, 'labels_changed', { labels: { ...labels } });
  }

  private happened(kind: ResourceKind, id: number, at: number, what: string, facts: object = {}): void {
    const entry = { type: 'resource', at: new Date(at).toISOString(), kind, id, what, facts } as const;
    const { seq, at: told } = this.enter(entry);
    this.lifeOf(kind, id)?.events.push({ seq, at: told, what, facts });
  }

  private lifeOf(kind: ResourceKind, id: number): ServerLife | PrimaryIpLife | OtherLife | undefined {
    if (kind === 'server') return this.servers.get(id);
    return kind === 'primary_ip' ? this.primaryIps.get(id) : this.others.get(id);
  }

  private enter(happened: Call | Happening): LedgerEntry {
    const entry = { seq: this.forgotten + this.entries.length + 1, ...happened };
    this.entries.push(entry);
    if (this.entries.length > ENTRIES_IN_MEMORY) {
      this.forgotten += this.entries.splice(0, ENTRIES_IN_MEMORY / 10).length;
    }
    this.onEntry(entry);
    return entry;
  }

  /** What has to outlive the process; calls are written as they come. */
  lives(): LedgerRecord {
    return {
      servers: [...this.servers.values()],
      primaryIps: [...this.primaryIps.values()],
      others: [...this.others.values()],
    };
  }

  /** The entries after a number, as far as they are not on disk only, and all resources that ever were. */
  shown(now: number, after: number): { entries: object[]; resources: object[] } {
    const { servers, primaryIps, others } = this.lives();
    return {
      entries: this.entries.filter(({ seq }) => seq > after).map(shownEntry),
      resources: [
        // Its events tell them.
        ...servers.map(({ rebuilds: _rebuilds, rescales: _rescales, ...life }) =>
          shownResource('server', life, now),
        ),
        ...primaryIps.map((life) => shownResource('primary_ip', life, now)),
        ...others.map(({ kind, ...life }) => shownResource(kind, life, now)),
      ],
    };
  }

  /**
   * The bill and all that is known of calls: with hours billed up to `now`, instants in ISO 8601. `callsForgotten` is
   * how many of the entries that were asked for may be missing.
   */
  report(now: number, { since = 0, operation }: CallFilter = {}): object {
    const { servers, primaryIps, others } = this.lives();
    return {
      now: new Date(now).toISOString(),
      lastSeq: this.forgotten + this.entries.length,
      callsForgotten: Math.max(0, this.forgotten - since),
      calls: this.entries.filter(
        (entry) =>
          entry.type === 'call' &&
          entry.seq > since &&
          (operation === undefined || entry.operation === operation),
      ),
      servers: servers.map(({ events: _events, ...life }) => ({
        ...billed(life, now, life.rescales),
        rebuilds: life.rebuilds.map((at) => new Date(at).toISOString()),
        rescales: life.rescales.map((each) => ({ ...each, at: new Date(each.at).toISOString() })),
      })),
      primaryIps: primaryIps.map(({ events: _events, ...life }) => billed(life, now)),
      others: others.map(({ events: _events, ...life }) => ({ ...life, ...span(life) })),
    };
  }
}

function end(life: { deleted: number | null } | undefined, at: number): void {
  if (life) life.deleted ??= at;
}

const factsOf = <L extends Pick<Life, 'id' | 'created' | 'deleted'>>({
  id: _id,
  created: _created,
  deleted: _deleted,
  ...facts
}: L): object => ({ ...facts });
