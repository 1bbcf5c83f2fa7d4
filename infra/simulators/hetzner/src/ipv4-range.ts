/** A range of IPv4 addresses in CIDR notation, as numbers. */
export interface Ipv4Range {
  readonly first: number;
  readonly last: number;
}

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** Reads `10.0.0.0/16`. `undefined` where the text is no range, or has bits set beyond its length. */
export function ipv4Range(text: string): Ipv4Range | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const [length = 33, ...parts] = [match[5], ...match.slice(1, 5)].map(Number);
  if (length > 32 || parts.some((part) => part > 255)) return undefined;
  const first = parts.reduce((sum, part) => sum * 256 + part, 0);
  const size = 2 ** (32 - length);
  return first % size === 0 ? { first, last: first + size - 1 } : undefined;
}

export const ipv4Text = (address: number): string =>
  [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');

export const sizeOf = ({ first, last }: Ipv4Range): number => last - first + 1;

export const contains = (outer: Ipv4Range, inner: Ipv4Range): boolean =>
  outer.first <= inner.first && inner.last <= outer.last;

export const overlap = (one: Ipv4Range, other: Ipv4Range): boolean =>
  one.first <= other.last && other.first <= one.last;

/** Whether a range in CIDR notation has this address. */
export function isWithin(range: string, address: string): boolean {
  const [outer, inner] = [ipv4Range(range), ipv4Range(`${address}/32`)];
  return outer !== undefined && inner !== undefined && contains(outer, inner);
}

/** Whether the range lies within those that RFC 1918 sets aside. */
export const isPrivate = (range: Ipv4Range): boolean =>
  PRIVATE.some((text) => {
    const outer = ipv4Range(text);
    return outer !== undefined && contains(outer, range);
  });

/** The first /24 within a range that overlaps none of those taken. */
export function firstFree24(outer: Ipv4Range, taken: readonly Ipv4Range[]): string | undefined {
  for (let first = outer.first; first + 255 <= outer.last; first += 256) {
    const range = { first, last: first + 255 };
    if (!taken.some((other) => overlap(other, range))) return `${ipv4Text(first)}/24`;
  }
  return undefined;
}
