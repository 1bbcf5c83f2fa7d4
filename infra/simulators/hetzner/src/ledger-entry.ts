/** One call to the API, as it ended. */
export interface Call {
  readonly type: 'call';
  /** Virtual time of its arrival, ISO 8601. */
  readonly at: string;
  /** Real time of its arrival, ISO 8601. */
  readonly realAt: string;
  readonly method: string;
  /** Path as the official description writes it, such as `/servers/{id}`. */
  readonly path: string;
  /** Path as it was called, without its query. */
  readonly calledPath: string;
  /** Name in the official description, such as `create_server`; null for unknown paths. */
  readonly operation: string | null;
  /** What was answered, or would have been, had a fault not swallowed it; null where it was cut off before. */
  readonly status: number | null;
  readonly code: string | null;
  readonly project: string | null;
  readonly resourceId: number | null;
  /** Mode of the injected fault that struck it. */
  readonly fault: string | null;
  /** Of the socket that it came by. */
  readonly remoteAddress: string;
}

/** Something that happened to a resource. */
export interface Happening {
  readonly type: 'resource';
  /** Virtual time, ISO 8601. */
  readonly at: string;
  readonly kind: ResourceKind;
  readonly id: number;
  readonly what: string;
  readonly facts: object;
}

export type ResourceKind = 'server' | 'primary_ip' | OtherLife['kind'];

interface Numbered {
  /** Grows by one with each entry. */
  readonly seq: number;
}

/** A call and its place in the ledger. */
export type CallEntry = Call & Numbered;

export type LedgerEntry = (Call | Happening) & Numbered;

/** The entries that a process begins with. */
export interface KnownEntries {
  /** The newest, in order. */
  readonly entries: readonly LedgerEntry[];
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

/** What happened to a resource in its life. */
export type LifeEvent = Numbered & Pick<Happening, 'at' | 'what' | 'facts'>;

/** The true life of something that costs money. Instants are virtual ms, as the API told them. */
export interface Life {
  readonly id: number;
  readonly events: LifeEvent[];
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
  readonly events: LifeEvent[];
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

/** A life whose events are yet to come. */
export type Begun<L extends { events: LifeEvent[] }> = Omit<L, 'events'>;
