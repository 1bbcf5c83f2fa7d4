import { locationOf, type StaticIp } from '../../domain/static-ip.js';

/** An address in the form of the public API: until there is one, where it is being reserved. */
export const shownStaticIp = (ip: StaticIp) => ({
  address: ip.address || null,
  location: ip.location || locationOf(ip),
  leasedSince: ip.createdAt,
  status: ip.status,
});
