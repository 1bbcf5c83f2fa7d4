import { billedNet, type Tariff } from './billing.js';
import { startedHours } from './billing-hours.js';

/** One call to the API, as it ended. */
export interface Call {
  /** Virtual time of its arrival, ISO 8601. */
  readonly at: string;
  /** Real time of its arrival, ISO 8601. */
  readonly realAt: string;
  readonly method: string;
  /** Path as the official description writes it, such as `/servers/{id}`. */
  readonly path: string;
  /** Name in the official description, such as `create_server`; null for unknown paths. */
  readonly operation: string | null;
  /** What was answered, or would have been, had a fault not swallowed it; null where it was cut off before. */
  readonly status: number | null;
  readonly code: string | null;
  readonly project: string | null;
  readonly resourceId: number | null;
  /** Kind of the injected fault that struck it. */
  readonly fault: string | null;
}

/** A call and its place in the ledger. */
export interface CallEntry extends Call {
  /** Grows by one with each call. */
  readonly seq: number;
}

/** The calls that a process begins with. */
export interface KnownCalls {
  /** The newest, in order. */
  readonly calls: readonly CallEntry[];
  /** How many older ones there were. */
  readonly forgotten: number;
}

/** Which calls a look at the ledger asks for. */
export interface CallFilter {
  /** Only those after this number. @default 0 */
  readonly since?: number;
  /** Only those of this operation. */
  readonly operation?: string;
}

/** The true life of something that costs money. Instants are virtual ms, as the API told them. */
export interface Life {
  readonly id: number;
  readonly project: string;
  readonly name: string;
  labels: Record<string, string>;
  readonly type: string;
  readonly location: string;
  readonly created: number;
  deleted: number | null;
  readonly priceHourlyNet: string;
  readonly priceMonthlyNet: string;
}

export interface ServerLife extends Life {
  readonly primaryIpId: number | null;
  /** Named in the order: in force before the first packet. */
  readonly firewallIds: readonly number[];
  readonly createdWithoutFirewall: boolean;
  readonly createdWithoutSshKey: boolean;
  /** Instants at which a rebuild began. */
  readonly rebuilds: number[];
  /** Changes of type: from then on the prices of new orders hold. */
  readonly rescales: Rescale[];
}

export interface Rescale {
  readonly at: number;
  readonly type: string;
  /** Net, in euros. */
  readonly hourly: string;
  readonly monthly: string;
}

export interface PrimaryIpLife extends Life {
  readonly address: string;
}

/** The life of something that costs nothing. */
export interface OtherLife {
  readonly kind: 'firewall' | 'ssh_key' | 'network' | 'placement_group';
  readonly id: number;
  readonly project: string;
  /** As it was made. */
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly created: number;
  deleted: number | null;
}

export interface LedgerRecord {
  readonly servers: ServerLife[];
  readonly primaryIps: PrimaryIpLife[];
  readonly others: OtherLife[];
}

/** Calls beyond this are on disk only, and the ledger tells how many they are. */
export const CALLS_IN_MEMORY = 50_000;

/** What really happened, append-only: the judge of every test. */
export class Ledger {
  private readonly servers: Map<number, ServerLife>;
  private readonly primaryIps: Map<number, PrimaryIpLife>;
  private readonly others: Map<number, OtherLife>;
  /** Told of every call; keeps it beyond this process. */
  onCall: (entry: CallEntry) => void = () => undefined;

  private readonly calls: CallEntry[];
  private forgotten: number;

  constructor(
    lives: LedgerRecord = { servers: [], primaryIps: [], others: [] },
    { calls, forgotten }: KnownCalls = { calls: [], forgotten: 0 },
  ) {
    this.calls = [...calls];
    this.forgotten = forgotten;
    this.servers = new Map(lives.servers.map((life) => [life.id, life]));
    this.primaryIps = new Map(lives.primaryIps.map((life) => [life.id, life]));
    this.others = new Map(lives.others.map((life) => [life.id, life]));
  }

  called(call: Call): void {
    const entry = { seq: this.forgotten + this.calls.length + 1, ...call };
    this.calls.push(entry);
    if (this.calls.length > CALLS_IN_MEMORY) {
      this.forgotten += this.calls.splice(0, CALLS_IN_MEMORY / 10).length;
    }
    this.onCall(entry);
  }

  serverBegan(life: ServerLife): void {
    this.servers.set(life.id, life);
  }

  serverRebuilt(id: number, at: number): void {
    this.servers.get(id)?.rebuilds.push(at);
  }

  serverRescaled(id: number, rescale: Rescale): void {
    this.servers.get(id)?.rescales.push(rescale);
  }

  /** The last change of type failed: the price before holds again. */
  serverNotRescaled(id: number): void {
    this.servers.get(id)?.rescales.pop();
  }

  /** The deletion failed: billing never ended. */
  serverKept(id: number): void {
    const life = this.servers.get(id);
    if (life) life.deleted = null;
  }

  /** Billing ends when the deletion begins: that instant is all that a client is ever told. */
  serverEnded(id: number, at: number): void {
    end(this.servers.get(id), at);
  }

  primaryIpBegan(life: PrimaryIpLife): void {
    this.primaryIps.set(life.id, life);
  }

  primaryIpEnded(id: number, at: number): void {
    end(this.primaryIps.get(id), at);
  }

  otherBegan(
    kind: OtherLife['kind'],
    project: string,
    { id, name, labels, created }: Pick<OtherLife, 'id' | 'name' | 'labels' | 'created'>,
  ): void {
    this.others.set(id, { kind, id, project, name, labels: { ...labels }, created, deleted: null });
  }

  otherEnded(id: number, at: number): void {
    end(this.others.get(id), at);
  }

  relabelled(kind: 'server' | 'primary_ip', id: number, labels: Record<string, string>): void {
    const life = (kind === 'server' ? this.servers : this.primaryIps).get(id);
    if (life) life.labels = { ...labels };
  }

  /** What has to outlive the process; calls are written as they come. */
  lives(): LedgerRecord {
    return {
      servers: [...this.servers.values()],
      primaryIps: [...this.primaryIps.values()],
      others: [...this.others.values()],
    };
  }

  /**
   * The ledger as the admin API shows it: with hours billed up to `now`, instants in ISO 8601. `callsForgotten` is how
   * many of the calls that were asked for may be missing.
   */
  report(now: number, { since = 0, operation }: CallFilter = {}): object {
    const { servers, primaryIps, others } = this.lives();
    return {
      now: new Date(now).toISOString(),
      lastSeq: this.forgotten + this.calls.length,
      callsForgotten: Math.max(0, this.forgotten - since),
      calls: this.calls.filter(
        (call) => call.seq > since && (operation === undefined || call.operation === operation),
      ),
      servers: servers.map((life) => ({
        ...shown(life, now, life.rescales),
        rebuilds: life.rebuilds.map((at) => new Date(at).toISOString()),
        rescales: life.rescales.map((each) => ({ ...each, at: new Date(each.at).toISOString() })),
      })),
      primaryIps: primaryIps.map((life) => shown(life, now)),
      others: others.map((life) => ({ ...life, ...span(life) })),
    };
  }
}

function end(life: { deleted: number | null } | undefined, at: number): void {
  if (life) life.deleted ??= at;
}

const shown = <L extends Life>(life: L, now: number, rescales: readonly Rescale[] = []): object => ({
  ...life,
  ...span(life),
  hoursBilled: startedHours(life.created, life.deleted ?? now),
  billedNet: billedNet(life.created, life.deleted ?? now, tariffsOf(life, rescales)),
});

const span = ({ created, deleted }: Pick<Life, 'created' | 'deleted'>): object => ({
  created: new Date(created).toISOString(),
  deleted: deleted === null ? null : new Date(deleted).toISOString(),
});

const tariffsOf = (life: Life, rescales: readonly Rescale[]): Tariff[] => [
  { from: life.created, hourly: life.priceHourlyNet, monthly: life.priceMonthlyNet },
  ...rescales.map(({ at, hourly, monthly }) => ({ from: at, hourly, monthly })),
];
