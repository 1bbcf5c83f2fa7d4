import { z } from 'zod';
import { invalidInput } from '../api-error.js';
import { locations } from '../catalogue/locations.js';
import { contains, firstFree24, overlap } from '../ipv4-range.js';
import { requireRange } from '../private-addresses.js';
import type { Network } from '../state.js';

const zones = new Set(locations.map(({ network_zone }) => network_zone));

/** A subnet as a request carries it; `server` is the old name of `cloud`. */
export const subnetField = z.object({
  type: z.enum(['cloud', 'server']),
  ip_range: z.string().optional(),
  network_zone: z.string().refine((zone) => zones.has(zone), 'is no network zone'),
});

/** Adds a subnet; without a range it is the first free /24. Throws 422. */
export function addSubnet(network: Network, wanted: z.output<typeof subnetField>): void {
  const outer = requireRange(network.ipRange, 'ip_range');
  const taken = network.subnets.map(({ ipRange }) => requireRange(ipRange, 'ip_range'));
  const text = wanted.ip_range ?? firstFree24(outer, taken);
  if (text === undefined) throw invalidInput({ ip_range: 'no free range is left in the network' });
  const range = requireRange(text, 'ip_range');
  if (!contains(outer, range)) throw invalidInput({ ip_range: 'must be within the range of the network' });
  if (taken.some((other) => overlap(other, range)))
    throw invalidInput({ ip_range: 'overlaps with a subnet' });
  network.subnets.push({ type: wanted.type, ipRange: text, networkZone: wanted.network_zone });
}
