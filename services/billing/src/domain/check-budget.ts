import { money, parseMicros, refusal, type Money, type Refusal } from '@cleanroom/kernel';

/** What somebody wrote as an amount of money. */
export interface MoneyWish {
  readonly amount: string;
  readonly currency: string;
}

/** Ten billion: more than any bill, and far from where 64 bits end. */
const MOST_MICROS = 10n ** 16n;

/** Reads a limit; refuses what is no exact amount of the organisation's currency. */
export function checkLimit({ amount, currency }: MoneyWish, organizationCurrency: string): Money | Refusal[] {
  const refusals: Refusal[] = [];
  const micros = /^-?\d+(\.\d{1,6})?$/.test(amount) ? parseMicros(amount) : undefined;
  if (micros === undefined)
    refusals.push(
      refusal('INVALID', 'A decimal number with up to 6 places, such as "250.00".', 'limit', 'amount'),
    );
  else if (micros < 0n) refusals.push(refusal('INVALID', 'A limit is not below zero.', 'limit', 'amount'));
  else if (micros > MOST_MICROS)
    refusals.push(refusal('INVALID', 'A limit is at most 10000000000.', 'limit', 'amount'));
  if (currency !== organizationCurrency)
    refusals.push(
      refusal('INVALID', `This organisation is billed in ${organizationCurrency}.`, 'limit', 'currency'),
    );
  return micros === undefined || refusals.length > 0 ? refusals : money(micros, currency);
}
