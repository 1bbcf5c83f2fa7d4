/** An address of a runner, or one to be. */
export interface StaticIp {
  readonly address: string | null;
  readonly location: string;
  readonly leasedSince: string | null;
  readonly status: 'ACTIVE' | 'QUARANTINED' | 'RELEASING' | 'RESERVING';
}

/** As an address alone, or as a block that holds nothing else: many rules take only blocks. */
export type AllowListForm = 'addresses' | 'blocks';

/**
 * What to let in elsewhere, one to a line. An address that is being released may soon be somebody else's, and is left out.
 */
export function allowList(ips: readonly StaticIp[], form: AllowListForm): string[] {
  const kept = ips.filter(({ status }) => status === 'ACTIVE' || status === 'QUARANTINED');
  const addresses = kept.flatMap(({ address }) => address ?? []).toSorted(byNumbers);
  return form === 'addresses' ? addresses : addresses.map(blockOf);
}

const blockOf = (address: string): string => `${address}/${address.includes(':') ? 128 : 32}`;

/** 10.0.0.9 comes before 10.0.0.10. */
const byNumbers = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true });
