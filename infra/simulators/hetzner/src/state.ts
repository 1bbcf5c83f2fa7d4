import type { CapacityChanges } from './capacity.js';
import type { Price } from './catalogue/price-list.js';
import type { FirewallRule } from './wire/firewall-rule.js';

/** Everything that the simulator knows, as plain JSON, so that a snapshot is nothing but this. Instants are virtual ms. */
export interface State {
  readonly version: 1;
  nextId: number;
  /** Number of the next IPv4 address within 127.64.0.0/10. */
  nextAddress: number;
  /** How far the clock was put forward, in virtual ms. */
  clockAhead: number;
  projects: Record<string, Project>;
  tasks: Task[];
  /** What the admin API changed about what can be had. */
  capacity: CapacityChanges;
  /** And about prices of new orders. */
  prices: Record<string, Price>;
}

/** What one API token can see: names are unique in it, and its requests share one rate limit. */
export interface Project {
  readonly name: string;
  servers: Record<string, Server>;
  primaryIps: Record<string, PrimaryIp>;
  firewalls: Record<string, Firewall>;
  sshKeys: Record<string, SshKey>;
  networks: Record<string, Network>;
  placementGroups: Record<string, PlacementGroup>;
  actions: Record<string, Action>;
  /** Ids of the actions that are not finished. */
  running: number[];
  /** Deleted resources that still count against the account's limits. */
  quotaHolds: { readonly kind: LimitKind; readonly amount: number; readonly until: number }[];
}

export type LimitKind =
  'servers' | 'primaryIps' | 'dedicatedCores' | 'firewalls' | 'sshKeys' | 'networks' | 'placementGroups';

export type Labels = Record<string, string>;

export interface Server {
  readonly id: number;
  name: string;
  readonly created: number;
  status:
    'initializing' | 'starting' | 'running' | 'stopping' | 'off' | 'rebuilding' | 'deleting' | 'migrating';
  type: string;
  /** Kept when a change of type leaves the disk as it is. */
  diskGb: number;
  /** What a change of type that fails goes back to. */
  typeBefore?: { readonly type: string; readonly diskGb: number };
  readonly location: string;
  image: string;
  labels: Labels;
  userData: string;
  readonly sshKeyIds: readonly number[];
  readonly ipv4: number | undefined;
  readonly ipv6: number | undefined;
  firewalls: AppliedFirewall[];
  networks: PrivateAddress[];
  placementGroupId: number | null;
  protection: { delete: boolean; rebuild: boolean };
  /** What the simulated guest keeps; lost with a rebuild. */
  disk: Record<string, unknown>;
  guest: 'absent' | 'booting' | 'up';
  /** Grows with every power-on and rebuild, so that what was planned for an earlier one is left undone. */
  boot: number;
  /** It will never leave `initializing`, and takes nothing but its deletion. */
  stuck: boolean;
}

export interface AppliedFirewall {
  readonly id: number;
  status: 'pending' | 'applied';
  /** Named in the order or applied to the server; otherwise a label selector found it. */
  direct: boolean;
}

export interface PrivateAddress {
  readonly networkId: number;
  readonly ip: string;
  aliasIps: readonly string[];
  /** Shown once the action is done; reserved before. */
  attached: boolean;
}

export interface Network {
  readonly id: number;
  name: string;
  ipRange: string;
  routes?: { readonly destination: string; readonly gateway: string }[];
  subnets: { readonly type: 'cloud' | 'server'; readonly ipRange: string; readonly networkZone: string }[];
  labels: Labels;
  readonly created: number;
  deleteProtected: boolean;
}

export interface PlacementGroup {
  readonly id: number;
  name: string;
  labels: Labels;
  readonly created: number;
}

export interface PrimaryIp {
  readonly id: number;
  name: string;
  readonly type: 'ipv4' | 'ipv6';
  readonly ip: string;
  readonly location: string;
  labels: Labels;
  readonly created: number;
  assigneeId: number | null;
  /** Names that the owner gave, by address; of an IPv6 range there may be many. */
  reverseNames?: Record<string, string>;
  autoDelete: boolean;
  deleteProtected: boolean;
}

export type FirewallTarget =
  | { readonly type: 'server'; readonly serverId: number }
  | { readonly type: 'label_selector'; readonly selector: string };

export interface Firewall {
  readonly id: number;
  name: string;
  labels: Labels;
  readonly created: number;
  rules: FirewallRule[];
  appliedTo: FirewallTarget[];
}

export interface SshKey {
  readonly id: number;
  name: string;
  readonly publicKey: string;
  readonly fingerprint: string;
  labels: Labels;
  readonly created: number;
}

export interface Action {
  readonly id: number;
  readonly command: string;
  status: 'running' | 'success' | 'error';
  readonly started: number;
  finished: number | null;
  readonly resources: readonly { readonly id: number; readonly type: string }[];
  error: { code: string; message: string } | null;
  /** It will never end by itself. */
  stuck?: true;
  /** What a change of a firewall named; none where a selector changed what the server is under. */
  target?: FirewallTarget;
}

/** Something that will happen at an instant, whatever is asked meanwhile, and also across a restart. */
export type Task = { readonly at: number; readonly project: string } & (
  | { readonly kind: 'finish-action'; readonly actionId: number }
  | {
      readonly kind: 'boot-guest';
      readonly serverId: number;
      readonly boot: number;
      readonly diesAfterEnrol: boolean;
    }
  | { readonly kind: 'obey-shutdown'; readonly serverId: number; readonly boot: number }
  | { readonly kind: 'release-primary-ip'; readonly primaryIpId: number }
);

export const emptyState = (): State => ({
  version: 1,
  nextId: 1_000,
  nextAddress: 1,
  clockAhead: 0,
  projects: {},
  tasks: [],
  capacity: {},
  prices: {},
});

export const emptyProject = (name: string): Project => ({
  name,
  servers: {},
  primaryIps: {},
  firewalls: {},
  sshKeys: {},
  networks: {},
  placementGroups: {},
  actions: {},
  running: [],
  quotaHolds: [],
});
