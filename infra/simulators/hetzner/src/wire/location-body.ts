import { locations, type Location } from '../catalogue/locations.js';

/** The wire form of the location of this name. */
export function locationBody(name: string): Location {
  const found = locations.find((location) => location.name === name);
  if (!found) throw new RangeError(`no location ${name}`);
  return found;
}
