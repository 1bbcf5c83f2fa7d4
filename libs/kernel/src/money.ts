/** How many micro-units make one unit of a currency. */
const MICROS_PER_UNIT = 1_000_000n;

/** Exact money: an integer of micro-units of one currency. Never a float. */
export interface Money {
  readonly micros: bigint;
  /** ISO 4217, such as `EUR`. */
  readonly currency: string;
}

export const money = (micros: bigint, currency: string): Money => ({ micros, currency });

/** @throws RangeError when the currencies differ, which is a bug of the caller: an organisation has one currency. */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new RangeError(`cannot add ${b.currency} to ${a.currency}`);
  return { micros: a.micros + b.micros, currency: a.currency };
}

/** The decimal string of the public API: up to six places, no trailing zeros beyond cents. */
export function formatAmount({ micros }: Money): string {
  const sign = micros < 0n ? '-' : '';
  const absolute = micros < 0n ? -micros : micros;
  const fraction = (absolute % MICROS_PER_UNIT)
    .toString()
    .padStart(6, '0')
    .replace(/0{1,4}$/, '');
  return `${sign}${absolute / MICROS_PER_UNIT}.${fraction}`;
}

/**
 * Reads a decimal string exactly and rounds half up to micro-units: Hetzner quotes prices with up to 16 decimals.
 * Returns `undefined` where the text is no decimal number.
 */
export function parseMicros(text: string): bigint | undefined {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,30}))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, units = '0', fraction = ''] = match;
  const padded = fraction.padEnd(7, '0');
  const roundUp = Number(padded.charAt(6)) >= 5 ? 1n : 0n;
  const micros = BigInt(units) * MICROS_PER_UNIT + BigInt(padded.slice(0, 6)) + roundUp;
  return sign ? -micros : micros;
}
