import type { PrimaryIp } from '../state.js';
import { instant } from './instant.js';
import { locationBody } from './location-body.js';

/** A Primary IP in its wire form. */
export const primaryIpBody = (ip: PrimaryIp): object => ({
  id: ip.id,
  name: ip.name,
  labels: ip.labels,
  created: instant(ip.created),
  blocked: false,
  location: locationBody(ip.location),
  ip: ip.ip,
  dns_ptr: reverseRecords(ip),
  protection: { delete: ip.deleteProtected },
  type: ip.type,
  auto_delete: ip.autoDelete,
  assignee_type: ip.assigneeId === null ? 'unassigned' : 'server',
  assignee_id: ip.assigneeId,
});

/** The names of an address, or of a range of them. */
export const reverseRecords = (ip: PrimaryIp): { ip: string; dns_ptr: string }[] =>
  Object.entries({
    ...(ip.type === 'ipv4' ? { [ip.ip]: defaultName(ip.ip) } : {}),
    ...ip.reverseNames,
  }).map(([address, name]) => ({ ip: address, dns_ptr: name }));

/** The name under which Hetzner's name servers know an address until its owner says otherwise. */
const defaultName = (address: string): string =>
  `static.${address.split('.').reverse().join('.')}.clients.your-server.de`;
