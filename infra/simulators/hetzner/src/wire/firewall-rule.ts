/** A firewall rule in its wire form, as the API answers it. */
export interface FirewallRule {
  readonly description: string | null;
  readonly direction: 'in' | 'out';
  readonly source_ips: string[];
  readonly destination_ips: string[];
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'esp' | 'gre';
  readonly port: string | null;
}
