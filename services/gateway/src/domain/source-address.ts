export interface SourceParts {
  /** The socket's other end, as the platform names it. */
  remoteAddress: string | undefined;
  /** `X-Forwarded-For`, as it came. */
  forwardedFor: string | undefined;
  /** Whether what this address says about others is believed. */
  isTrustedProxy: (address: string) => boolean;
}

/**
 * Where a call comes from: the socket's other end. Only where that is a trusted proxy, its word counts, and then the
 * nearest address in the chain that is not one itself: everything further left was written by the caller.
 */
export function sourceAddress({ remoteAddress, forwardedFor, isTrustedProxy }: SourceParts): string {
  let address = plainAddress(remoteAddress ?? '');
  const chain = (forwardedFor ?? '').split(',').map((entry) => plainAddress(entry.trim()));
  while (isTrustedProxy(address)) {
    const next = chain.pop();
    if (!next || !/^[0-9a-f.:]+$/i.test(next)) return address;
    address = next;
  }
  return address;
}

/** An IPv4 address that came over an IPv6 socket is written as what it is. */
const plainAddress = (address: string): string =>
  /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
