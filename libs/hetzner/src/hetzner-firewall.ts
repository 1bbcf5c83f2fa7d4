import { z } from 'zod';
import { hetznerInstant } from './hetzner-action.js';

/** One exception from "everything inbound is dropped", or one permission once outbound is restricted. */
export interface HetznerFirewallRule {
  readonly direction: 'in' | 'out';
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'esp' | 'gre';
  /** `80` or `1024-5000`; tcp and udp only. */
  readonly port?: string;
  /** CIDRs; of an `in` rule only. */
  readonly sourceIps: readonly string[];
  /** CIDRs; of an `out` rule only. */
  readonly destinationIps: readonly string[];
  readonly description?: string;
}

/** A firewall applies to the servers that a label selector finds, or to single servers. */
export type HetznerFirewallTarget =
  | { readonly type: 'label_selector'; readonly selector: string }
  | { readonly type: 'server'; readonly serverId: number };

export interface HetznerFirewall {
  readonly id: number;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly created: Date;
  readonly rules: readonly HetznerFirewallRule[];
  readonly appliedTo: readonly HetznerFirewallTarget[];
}

const rule = z
  .object({
    direction: z.enum(['in', 'out']),
    protocol: z.enum(['tcp', 'udp', 'icmp', 'esp', 'gre']),
    port: z.string().nullish(),
    source_ips: z.array(z.string()).default([]),
    destination_ips: z.array(z.string()).default([]),
    description: z.string().nullish(),
  })
  .transform(
    ({ direction, protocol, port, source_ips, destination_ips, description }): HetznerFirewallRule => ({
      direction,
      protocol,
      ...(port ? { port } : {}),
      sourceIps: source_ips,
      destinationIps: destination_ips,
      ...(description ? { description } : {}),
    }),
  );

const target = z.union([
  z
    .object({ type: z.literal('label_selector'), label_selector: z.object({ selector: z.string() }) })
    .transform(({ type, label_selector }) => ({ type, selector: label_selector.selector })),
  z
    .object({ type: z.literal('server'), server: z.object({ id: z.int() }) })
    .transform(({ type, server }) => ({ type, serverId: server.id })),
]);

export const hetznerFirewall = z
  .object({
    id: z.int(),
    name: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    created: hetznerInstant,
    rules: z.array(rule),
    applied_to: z.array(target),
  })
  .transform(({ applied_to, ...same }): HetznerFirewall => ({ ...same, appliedTo: applied_to }));

/** A new firewall; without rules it drops everything inbound and lets everything out. */
export interface FirewallOrder {
  /** Unique in the project. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly rules: readonly HetznerFirewallRule[];
  /** Applied at once to the servers that this selector finds, now and later. */
  readonly labelSelector?: string;
}

export const firewallRulesBody = (rules: readonly HetznerFirewallRule[]): object[] =>
  rules.map(({ direction, protocol, port, sourceIps, destinationIps, description }) => ({
    direction,
    protocol,
    port,
    description,
    ...(direction === 'in' ? { source_ips: sourceIps } : { destination_ips: destinationIps }),
  }));

export const labelSelectorTarget = (selector: string): object[] => [
  { type: 'label_selector', label_selector: { selector } },
];

export const serverTarget = (id: number): object[] => [{ type: 'server', server: { id } }];

/** The wire form of an order. */
export const firewallOrderBody = ({ name, labels, rules, labelSelector }: FirewallOrder): object => ({
  name,
  labels,
  rules: firewallRulesBody(rules),
  ...(labelSelector === undefined ? {} : { apply_to: labelSelectorTarget(labelSelector) }),
});
