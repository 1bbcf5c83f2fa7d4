import type { StaticIp } from '../../domain/static-ip.js';

/** An address in the form of the public API; one that does not exist yet has none to show. */
export const shownStaticIp = ({ address, location, createdAt, status }: StaticIp) => ({
  address,
  location,
  leasedSince: createdAt,
  status,
});
