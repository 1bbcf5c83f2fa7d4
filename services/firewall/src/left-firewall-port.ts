import type { WorkLease } from '@cleanroom/kernel';

export type FirewallTable = 'baseline_firewall' | 'policy_firewall';

/** Whether a connected project has a firewall too: it does, it does not, or it is yet to find out. */
export type Heir = 'known' | 'none' | 'open';

/**
 * Firewalls of projects that were disconnected. The same Hetzner project may be connected again meanwhile, under another
 * id, and take the firewall up by its name: each of the two asks for the other while its own row says what it is about.
 */
export interface LeftFirewallStore {
  /** Since when a project is disconnected; `undefined` while it is not. */
  leftAt(hetznerProjectId: string): Promise<Date | undefined>;
  heirOf(table: FirewallTable, id: string, firewallId: number): Promise<Heir>;
  /** Whether a firewall that this row might take up is just being deleted. */
  isBeingDeleted(table: FirewallTable, id: string): Promise<boolean>;
  /** Forgets a firewall of a project, and the project's token with the last of them. Fails where the lease was lost. */
  finish(table: FirewallTable, lease: WorkLease, hetznerProjectId: string): Promise<void>;
}
