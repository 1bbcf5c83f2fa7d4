import { locations, offeredLocations } from '../catalogue/locations.js';
import { serverPrices } from '../catalogue/prices.js';
import type { World } from '../world.js';
import { serverTypes, type ServerType } from '../catalogue/server-types.js';

/** A server type in its wire form. */
export const serverTypeBody = (type: ServerType, { capacity, prices }: World): object => ({
  id: type.id,
  name: type.name,
  description: type.name.toUpperCase(),
  category: type.category,
  cores: type.cores,
  memory: type.memory,
  disk: type.disk,
  deprecated: false,
  deprecation: null,
  prices: serverPrices(prices.of(type)),
  storage_type: 'local',
  cpu_type: type.cpuType,
  architecture: type.architecture,
  locations: locations
    .filter(({ name }) => offeredLocations.includes(name))
    .map(({ id, name }) => ({
      id,
      name,
      deprecation: null,
      recommended: true,
      // A type that is refused in the second form goes on being listed as available, as it was observed.
      available: capacity.isListed(type.name, name),
    })),
});

export function serverTypeNamed(name: string): ServerType {
  const found = serverTypes.find((type) => type.name === name);
  if (!found) throw new RangeError(`no server type ${name}`);
  return found;
}
