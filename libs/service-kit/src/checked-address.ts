import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isPrivateAddress } from './private-ranges.js';

/** All addresses of a name. */
export type Lookup = (host: string) => Promise<{ address: string }[]>;

/** A customer's address points where it must not. The message tells nothing about what stands there. */
export class AddressNotAllowed extends Error {
  override readonly name = 'AddressNotAllowed';

  constructor() {
    super('this address is not allowed');
  }
}

/** What the system says of a name. */
export const resolveAll: Lookup = (host) => systemLookup(host, { all: true, verbatim: true });

/**
 * The address to connect to for a URL. The URL's own parser has already made one of the many ways to write an address
 * of all of them.
 *
 * @param allowed host:port pairs that may be private
 * @throws AddressNotAllowed unless all that the name stands for is public, reached by TLS, and without credentials
 */
export async function checkAddress(url: URL, allowed: ReadonlySet<string>, lookup: Lookup): Promise<string> {
  const isAllowed = allowed.has(`${url.hostname}:${url.port || defaultPort(url)}`);
  const isSafeProtocol = url.protocol === 'https:' || (isAllowed && url.protocol === 'http:');
  if (!isSafeProtocol || url.username || url.password) throw new AddressNotAllowed();
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const answers = isIP(host) ? [{ address: host }] : await lookup(host);
  const [first] = answers;
  const isPublic = answers.every(({ address }) => !isPrivateAddress(address));
  if (!first || !(isAllowed || isPublic)) throw new AddressNotAllowed();
  return first.address;
}

const defaultPort = ({ protocol }: URL): string => (protocol === 'https:' ? '443' : '80');
