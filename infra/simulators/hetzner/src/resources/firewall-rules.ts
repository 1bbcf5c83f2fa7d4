import { isIP } from 'node:net';
import { z } from 'zod';
import type { FirewallRule } from '../wire/firewall-rule.js';

const MOST_RULES = 50;
const MOST_NETWORKS = 100;

const network = z.string().refine(isNetwork, 'must be a CIDR');
const networks = z.array(network).max(MOST_NETWORKS).nullish();

const rule = z
  .object({
    direction: z.enum(['in', 'out']),
    protocol: z.enum(['tcp', 'udp', 'icmp', 'esp', 'gre']),
    port: z.string().nullish(),
    source_ips: networks,
    destination_ips: networks,
    description: z.string().max(255).nullish(),
  })
  .superRefine(({ direction, protocol, port, source_ips, destination_ips }, context) => {
    const complain = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    const hasPorts = protocol === 'tcp' || protocol === 'udp';
    if (hasPorts && !isPortRange(port ?? '')) complain('port', 'must be a port or a range of ports');
    if (!hasPorts && port) complain('port', `must not be set for ${protocol}`);
    const [own, other] = direction === 'in' ? [source_ips, destination_ips] : [destination_ips, source_ips];
    if (!own?.length) complain(direction === 'in' ? 'source_ips' : 'destination_ips', 'must not be empty');
    if (other?.length) complain(direction === 'in' ? 'destination_ips' : 'source_ips', 'must be empty');
  })
  .transform(({ direction, protocol, port, source_ips, destination_ips, description }): FirewallRule => ({
    direction,
    protocol,
    port: port ?? null,
    source_ips: source_ips ?? [],
    destination_ips: destination_ips ?? [],
    description: description ?? null,
  }));

/** The rules of a firewall as a request may carry them. */
export const rulesField = z.array(rule).max(MOST_RULES);

function isNetwork(text: string): boolean {
  const [address = '', length = '', ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0 || !/^\d{1,3}$/.test(length)) return false;
  return Number(length) <= (version === 4 ? 32 : 128);
}

function isPortRange(text: string): boolean {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (!match) return false;
  const [low, high] = [Number(match[1]), Number(match[2] ?? match[1])];
  return low >= 1 && low <= high && high <= 65_535;
}
