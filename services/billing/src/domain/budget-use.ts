import { laterOf } from '@cleanroom/kernel';
import { costWithin, priced, type PricedMeter } from './metered-cost.js';
import { hoursBound, promisedWithin, type MachineAccount } from './machine-spend.js';
import type { Meter } from './meter.js';
import type { PriceBook } from './price.js';
import { costOfAwaitedIp, type StaticIpSpend } from './static-ip-spend.js';
import type { Window } from './window.js';

/** How much of a budget is gone, in micro-units. */
export interface BudgetUse {
  readonly spent: bigint;
  /** Promised, or ordered before there was a budget, and owed for static IPs up to the end of the month. */
  readonly reserved: bigint;
  /** What will have been spent at the end of the month, if the last week goes on; never less than what is promised already. */
  readonly forecast: bigint;
}

/** What the books hold of a budget's scope. */
export interface BudgetBooks {
  /** Meters of the month and of the week before now. */
  readonly meters: readonly Meter[];
  readonly accounts: readonly MachineAccount[];
  /** Those that are not there yet and may come. */
  readonly awaitedIps: readonly StaticIpSpend[];
  readonly prices: PriceBook;
  /** ISO 4217; in which the prices are. */
  readonly currency: string;
}

const WEEK_MS = 7 * 24 * 3_600_000;
const HOUR_MS = 3_600_000;

/** Where a month stands. `undefined` while a price is unknown. */
export function budgetUse(books: BudgetBooks, month: Window, now: Date): BudgetUse | undefined {
  const meters = priced(books.meters, books.prices);
  const promises = books.accounts.map((account) =>
    promisedWithin(account, hoursBound(account.spend), { prices: books.prices, window: month, now }),
  );
  if (!meters || promises.some((promise) => promise === undefined)) return undefined;
  const costIn = (window: Window, kind?: Meter['kind'], until = now) =>
    sum(
      meters.filter(({ meter }) => !kind || meter.kind === kind).map((one) => costWithin(one, window, until)),
    );
  const spent = costIn(month);
  const ipsLeased = costIn(month, 'static-ip', laterOf(month.to, now)) - costIn(month, 'static-ip');
  // One without a price is awaited where Hetzner has none, for none was granted so; it would keep sums from being made for ever.
  const awaited = books.awaitedIps.map((spend) => costOfAwaitedIp(spend, month, books.prices) ?? 0n);
  const ipsOwed = ipsLeased + sum(awaited);
  const promised = sum(promises.map((promise) => promise ?? 0n));
  const machinesToCome = costToCome(meters, month, now);
  return {
    spent,
    reserved: promised + ipsOwed,
    forecast: spent + ipsOwed + (machinesToCome > promised ? machinesToCome : promised),
  };
}

/**
 * What machines will cost from now to the end of the month. One that was there all the last seven days, or as long as any
 * was, stays, and costs no more than its monthly cap; the others of that time are drawn out.
 */
function costToCome(metered: readonly PricedMeter[], month: Window, now: Date): bigint {
  const machines = metered.filter(({ meter }) => meter.kind === 'machine');
  // One after the other: a call takes no hundred thousand arguments.
  const first = machines.reduce(
    (earliest, { meter }) => Math.min(earliest, meter.startedAt.getTime()),
    Infinity,
  );
  const left = month.to.getTime() - Math.max(now.getTime(), month.from.getTime());
  if (left <= 0 || first > now.getTime()) return 0n;
  const from = Math.max(now.getTime() - WEEK_MS, first);
  const isLasting = ({ meter }: PricedMeter) => !meter.endedAt && meter.startedAt.getTime() <= from;
  const lasting = machines
    .filter(isLasting)
    .map((one) => costWithin(one, month, month.to) - costWithin(one, month, now));
  const seen = { from: new Date(from), to: new Date(now.getTime() + 1) };
  const passing = sum(machines.filter((one) => !isLasting(one)).map((one) => costWithin(one, seen, now)));
  return sum(lasting) + (passing * BigInt(left)) / BigInt(Math.max(now.getTime() - from, HOUR_MS));
}

const sum = (micros: readonly bigint[]): bigint => micros.reduce((total, one) => total + one, 0n);
