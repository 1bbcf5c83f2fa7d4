import type { Stray } from '@cleanroom/kernel';

/** A firewall as a list of its project shows it. */
export interface ListedFirewall extends Stray {
  readonly labels: Readonly<Record<string, string>>;
  /** Label selectors that it is applied to. */
  readonly selectors: readonly string[];
}

export interface FirewallList {
  /** All firewalls of the project that the selector finds, in one read. */
  list(selector: string): Promise<ListedFirewall[]>;
}

/** Firewalls that the last look at a project found and that nobody knows. */
export interface SightedFirewallStore {
  in(hetznerProjectId: string): Promise<Set<number>>;
  /** Replaces those of the look before. @param braked whether they are so many that none is deleted, which somebody must see */
  remember(hetznerProjectId: string, ids: readonly number[], braked: boolean): Promise<void>;
}
