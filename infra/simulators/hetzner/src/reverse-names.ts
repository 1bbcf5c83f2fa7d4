import { isIPv6 } from 'node:net';
import { z } from 'zod';
import { invalidInput } from './api-error.js';
import { isHostName } from './resources/host-name.js';
import type { PrimaryIp } from './state.js';

/** Of an IPv6 range. */
const MOST_NAMES = 100;
const GROUPS = 8;
/** Of the 8, so many are the same within a /64. */
const NETWORK_GROUPS = 4;

/** Body of `change_dns_ptr`: null goes back to Hetzner's own name, or to none. */
export const reverseNameField = z.object({
  ip: z.string(),
  dns_ptr: z.string().refine(isHostName, 'must be a fully qualified domain name').nullable().default(null),
});

/** Gives an address a name. Throws 422 for one that is not of this Primary IP. */
export function nameAddress(ip: PrimaryIp, wanted: z.output<typeof reverseNameField>): void {
  if (!holds(ip, wanted.ip)) throw invalidInput({ ip: 'is not an address of this resource' });
  const { [wanted.ip]: _before, ...others } = ip.reverseNames ?? {};
  if (Object.keys(others).length >= MOST_NAMES)
    throw invalidInput({ ip: `at most ${MOST_NAMES} addresses can have a name` });
  ip.reverseNames = wanted.dns_ptr === null ? others : { ...others, [wanted.ip]: wanted.dns_ptr };
}

/** Whether it is the address, or one of the range. */
export const holds = ({ type, ip }: PrimaryIp, address: string): boolean =>
  type === 'ipv4'
    ? address === ip
    : isIPv6(address) && networkOf(address) === networkOf(ip.split('/')[0] ?? '');

function networkOf(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('::');
  const [first, last] = [head, tail ?? ''].map((part) => (part === '' ? [] : part.split(':')));
  const gap = Math.max(0, GROUPS - (first?.length ?? 0) - (last?.length ?? 0));
  const groups = [...(first ?? []), ...Array.from({ length: gap }, () => '0'), ...(last ?? [])];
  return groups
    .slice(0, NETWORK_GROUPS)
    .map((group) => Number.parseInt(group, 16))
    .join(':');
}
