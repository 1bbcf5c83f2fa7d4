/** A checked block of addresses. */
export interface Cidr {
  readonly family: 4 | 6;
  readonly prefix: number;
  /** The block that is meant, where the text names an address within it instead of its first one. */
  readonly meant?: string;
}

/** Reads an IPv4 or IPv6 block in CIDR notation; `undefined` where the text is none. */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^([0-9a-fA-F.:]{2,45})\/(\d{1,3})$/.exec(text);
  if (!match) return undefined;
  const [, address = '', length = ''] = match;
  const prefix = Number(length);
  if (isIpv4(address) && prefix <= 32) return blockOf(4, prefix, address.split('.').map(Number));
  if (isIpv6(address) && prefix <= 128) return blockOf(6, prefix, groupsOf(address));
  return undefined;
}

/** @param parts the address in bytes (IPv4) or groups of 16 bits (IPv6) */
function blockOf(family: 4 | 6, prefix: number, parts: readonly number[]): Cidr {
  const width = family === 4 ? 8 : 16;
  const first = parts.map((part, i) => {
    const free = Math.min(width, Math.max(0, (i + 1) * width - prefix));
    return (part >> free) << free;
  });
  if (first.every((part, i) => part === parts[i])) return { family, prefix };
  return { family, prefix, meant: `${family === 4 ? first.join('.') : ipv6Text(first)}/${prefix}` };
}

/** Whether a block is so wide that it means "anyone": a whole internet, or halves and quarters of one side by side. */
export const isOpenToAnyone = ({ family, prefix }: Cidr): boolean => prefix < (family === 4 ? 8 : 16);

/** Blocks that are narrow one by one are no exception any more once together they are as wide as sixteen of the widest. */
const WIDEST_SHARE: Readonly<Record<Cidr['family'], number>> = { 4: 2 ** -4, 6: 2 ** -12 };

/**
 * Whether blocks are so many that together they mean "anyone". A block that is named twice counts once, since rules
 * for several ports share their blocks; blocks that overlap count each, and what {@link isOpenToAnyone} refuses is left to it.
 */
export function areOpenToAnyone(texts: readonly string[]): boolean {
  const shares = { 4: 0, 6: 0 };
  for (const text of new Set(texts)) {
    const cidr = parseCidr(text);
    if (cidr && !isOpenToAnyone(cidr)) shares[cidr.family] += 2 ** -cidr.prefix;
  }
  return shares[4] > WIDEST_SHARE[4] || shares[6] > WIDEST_SHARE[6];
}

const isIpv4 = (text: string): boolean =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(text) &&
  text.split('.').every((part) => Number(part) <= 255 && String(Number(part)) === part);

function groupsOf(address: string): number[] {
  const [head = [], tail = []] = address
    .split('::')
    .map((half) => (half === '' ? [] : half.split(':').map((group) => parseInt(group, 16))));
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}

const ipv6Text = (groups: readonly number[]): string =>
  groups
    .map((group) => group.toString(16))
    .join(':')
    .replace(/(^|:)0(:0)+(:|$)/, '::');

function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2 || text.includes('.')) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const whole = halves.length === 1 ? groups.length === 8 : groups.length <= 7;
  return whole && groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group));
}
