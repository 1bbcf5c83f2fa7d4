import type { FirewallRule, PolicyRules, Protocol } from './firewall-rule.js';
import { requiredOutboundRules } from './required-rules.js';

/** A rule as it stands at the provider. */
export interface ProviderRule {
  readonly direction: 'in' | 'out';
  readonly protocol: Lowercase<Protocol>;
  readonly port: string | null;
  readonly sourceIps: readonly string[];
  readonly destinationIps: readonly string[];
  readonly description: string | null;
}

/** Baseline: no inbound rule lets nothing in; no outbound rule lets everything out (Hetzner's implicit rules). */
export const baselineRules: readonly ProviderRule[] = [];

/** The rules that a policy's firewall must have at the provider. Without an outbound rule of its own it adds none. */
export const providerRules = ({ inbound, outbound }: PolicyRules): ProviderRule[] => [
  ...inbound.map((rule) => toProvider('in', rule)),
  ...outbound.map((rule) => toProvider('out', rule)),
  ...(outbound.length > 0 ? requiredOutboundRules.map((rule) => toProvider('out', rule)) : []),
];

/** Whether the provider's rules are exactly the wanted ones, in whatever order it tells them. */
export const sameRules = (wanted: readonly ProviderRule[], actual: readonly ProviderRule[]): boolean =>
  fingerprint(wanted) === fingerprint(actual);

const fingerprint = (rules: readonly ProviderRule[]): string =>
  rules
    .map((rule) =>
      JSON.stringify([
        rule.direction,
        rule.protocol,
        rule.port,
        [...rule.sourceIps].sort(),
        [...rule.destinationIps].sort(),
        rule.description,
      ]),
    )
    .sort()
    .join('\n');

const toProvider = (direction: 'in' | 'out', rule: FirewallRule): ProviderRule => ({
  direction,
  protocol: rule.protocol.toLowerCase() as Lowercase<Protocol>,
  port: rule.ports ?? null,
  sourceIps: direction === 'in' ? rule.cidrs : [],
  destinationIps: direction === 'out' ? rule.cidrs : [],
  description: rule.description ?? null,
});
