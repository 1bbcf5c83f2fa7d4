export const protocols = ['TCP', 'UDP', 'ICMP', 'ESP', 'GRE'] as const;
export type Protocol = (typeof protocols)[number];

/** One rule of a policy, as its author wrote it. */
export interface FirewallRule {
  readonly protocol: Protocol;
  /** A port (`443`) or a range (`1024-5000`); only for TCP and UDP, where it is required. */
  readonly ports?: string;
  readonly cidrs: readonly string[];
  readonly description?: string;
}

/** What a policy says: inbound rules are exceptions to "nothing gets in", outbound rules replace "everything gets out". */
export interface PolicyRules {
  readonly inbound: readonly FirewallRule[];
  readonly outbound: readonly FirewallRule[];
}
