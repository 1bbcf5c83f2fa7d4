import { ApiError, invalidInput } from './api-error.js';
import { locations } from './catalogue/locations.js';
import { contains, ipv4Range, ipv4Text, overlap, type Ipv4Range } from './ipv4-range.js';
import type { Network, PrivateAddress, Project } from './state.js';

/** Where a server shall be attached. */
export interface Attachment {
  readonly network: Network;
  readonly ip: string;
}

/**
 * Finds an address for a server in a network: the one that is wanted, or the first free one of a subnet in the
 * server's zone. Throws 422.
 */
export function privateAddress(
  project: Project,
  network: Network,
  place: { readonly location: string; readonly others: readonly PrivateAddress[] },
  wanted?: string,
): Attachment {
  if (place.others.some((other) => other.networkId === network.id)) {
    throw new ApiError(422, 'server_already_attached', 'server is already attached to the network');
  }
  const own = requireRange(network.ipRange, 'ip_range');
  if (place.others.some((other) => overlap(own, rangeOf(project.networks[other.networkId])))) {
    throw new ApiError(422, 'networks_overlap', 'networks overlap with a network of the server');
  }
  if (wanted) return { network, ip: requireAddress(project, network, place.location, wanted) };
  const taken = new Set(addressesIn(project, network.id));
  return { network, ip: firstFree(own, rangesAt(network, place.location), taken) };
}

/** An address that a server there can have beside its own. Throws 422 where it is taken or of no subnet. */
export const requireAddress = (
  project: Project,
  network: Network,
  location: string,
  wanted: string,
): string => requireFree(wanted, rangesAt(network, location), new Set(addressesIn(project, network.id)));

function rangesAt(network: Network, location: string): Ipv4Range[] {
  const zone = locations.find(({ name }) => name === location)?.network_zone;
  return network.subnets
    .filter(({ networkZone }) => networkZone === zone)
    .map(({ ipRange }) => requireRange(ipRange, 'ip_range'));
}

/** The addresses that servers have in a network. */
export const addressesIn = (project: Project, networkId: number): string[] =>
  Object.values(project.servers).flatMap(({ networks }) =>
    networks.filter((each) => each.networkId === networkId).map(({ ip }) => ip),
  );

export function requireRange(text: string, field: string): Ipv4Range {
  const range = ipv4Range(text);
  if (!range) throw invalidInput({ [field]: 'must be a valid IPv4 range' });
  return range;
}

const rangeOf = (network: Network | undefined): Ipv4Range =>
  (network && ipv4Range(network.ipRange)) ?? { first: -1, last: -1 };

function requireFree(wanted: string, ranges: readonly Ipv4Range[], taken: ReadonlySet<string>): string {
  const single = requireRange(`${wanted}/32`, 'ip');
  if (ranges.some((range) => contains(range, single)) && !taken.has(wanted)) return wanted;
  throw new ApiError(422, 'ip_not_available', `the IP '${wanted}' is not available`);
}

/** The first address of the whole network is its gateway; the ends of a subnet are nobody's. */
function firstFree(own: Ipv4Range, ranges: readonly Ipv4Range[], taken: ReadonlySet<string>): string {
  for (const { first, last } of ranges) {
    for (let address = first + 1; address < last; address += 1) {
      const text = ipv4Text(address);
      if (address !== own.first + 1 && !taken.has(text)) return text;
    }
  }
  throw new ApiError(422, 'no_subnet_available', 'no subnet or IP is available within the network');
}
