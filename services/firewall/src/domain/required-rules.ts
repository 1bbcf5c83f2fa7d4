import type { FirewallRule } from './firewall-rule.js';

const ANYWHERE = ['0.0.0.0/0', '::/0'];

/**
 * What a machine must reach whatever its policy says, or it could neither enrol nor take a job. GitLab and our own
 * origin stand behind names whose addresses change, and Hetzner's rules know no names: so 443 stays open as a port.
 */
export const requiredOutboundRules: readonly FirewallRule[] = [
  { protocol: 'UDP', ports: '53', cidrs: ANYWHERE, description: 'DNS (needed by every runner)' },
  { protocol: 'TCP', ports: '53', cidrs: ANYWHERE, description: 'DNS over TCP (needed by every runner)' },
  {
    protocol: 'TCP',
    ports: '443',
    cidrs: ANYWHERE,
    description: 'Cleanroom and GitLab (needed by every runner)',
  },
];
