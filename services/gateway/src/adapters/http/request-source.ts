import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { sourceAddress } from '../../domain/source-address.js';

/**
 * Tells where requests come from, believing the proxies that are named.
 *
 * @throws RangeError when an entry is neither an address nor a range
 */
export function requestSource(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  const trusted = new BlockList();
  for (const entry of trustedProxies) add(trusted, entry);
  const isTrustedProxy = (address: string) => {
    const family = isIP(address);
    return family !== 0 && trusted.check(address, family === 4 ? 'ipv4' : 'ipv6');
  };
  return ({ socket, headers }) => {
    const forwarded = headers['x-forwarded-for'];
    const forwardedFor = Array.isArray(forwarded) ? forwarded.join(',') : forwarded;
    return sourceAddress({ remoteAddress: socket.remoteAddress, forwardedFor, isTrustedProxy });
  };
}

function add(list: BlockList, entry: string): void {
  const [address = '', prefix] = entry.split('/');
  const family = isIP(address);
  if (family === 0)
    throw new RangeError(`CLEANROOM_TRUSTED_PROXIES takes addresses and ranges, not ${entry}`);
  const type = family === 4 ? 'ipv4' : 'ipv6';
  if (prefix === undefined) list.addAddress(address, type);
  else list.addSubnet(address, Number(prefix), type);
}
