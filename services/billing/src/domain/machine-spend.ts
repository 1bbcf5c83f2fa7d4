import { laterOf } from '@cleanroom/kernel';
import { billingMonthOf } from './billing-month.js';
import { costOfHours } from './cost-of-hours.js';
import { meteredHours, type Meter } from './meter.js';
import { priceOfMeter } from './price-of-meter.js';
import { priceAt, type Price, type PriceBook, type Priced } from './price.js';
import type { Window } from './window.js';

/** What was asked and granted for one machine, from before its order to its end. */
export interface MachineSpend extends Omit<Priced, 'kind' | 'type'> {
  readonly machineId: string;
  readonly organizationId: string;
  readonly poolId: string;
  readonly runnerId: string;
  /** Types that may be ordered; which of them it becomes is known only with the server. */
  readonly allowedTypes: readonly string[];
  readonly orderedAt: Date;
  /** It asks to be paid for that many hours of its life; 0 while no budget has made it ask. */
  readonly hoursAsked: number;
  /** Up to so many it has been promised. */
  readonly hoursGranted: number;
  /** Nothing more will be spent on it. */
  readonly ended: boolean;
}

/** A machine's spend and what is metered of it; no meter before the server exists. */
export interface MachineAccount {
  readonly spend: MachineSpend;
  readonly meter: Meter | undefined;
}

/**
 * Hours of its life that a machine may cost whatever is decided from now on: those that it was granted; or the first one,
 * where no budget held when it was ordered, so that it never asked.
 */
export const hoursBound = ({ hoursAsked, hoursGranted }: MachineSpend): number =>
  hoursAsked === 0 ? 1 : hoursGranted;

/**
 * Money that is promised to a machine and not spent yet, of the hours that begin within a window, in micro-units.
 * `undefined` while its price is unknown.
 */
export function promisedWithin(
  { spend, meter }: MachineAccount,
  hours: number,
  { prices, window, now }: { prices: PriceBook; window: Window; now: Date },
): bigint | undefined {
  if (spend.ended || meter?.endedAt) return 0n;
  const price = meter ? priceOfMeter(meter, prices) : dearest(spend, prices);
  if (!price) return undefined;
  const start = meter?.startedAt ?? likelyStart(spend, window, now);
  const begun = meter ? meteredHours(meter, now).count : 0;
  if (hours <= begun) return 0n;
  const upTo = (count: number) => costOfHours({ start, count }, price, window);
  return upTo(hours) - upTo(begun);
}

/** How long after its order a server may still be created: provisioning gives up earlier. */
const LATEST_START_MS = 5 * 60_000;

/** Between which instants the first hour of a machine without a server begins. */
export const startBetween = ({ orderedAt }: MachineSpend, now: Date): { from: Date; to: Date } => ({
  from: laterOf(orderedAt, now),
  to: laterOf(new Date(orderedAt.getTime() + LATEST_START_MS), now),
});

/** Around midnight of the last of a month nobody knows in which of the two the first hour falls: it counts in both. */
function likelyStart(spend: MachineSpend, window: Window, now: Date): Date {
  const { from, to } = startBetween(spend, now);
  return from < window.from && to >= window.from ? window.from : from;
}

/** Whether a machine that has ended was bound to more hours than it began. */
export const promisesHoursNeverBegun = ({ spend, meter }: MachineAccount, now: Date): boolean =>
  hoursBound(spend) > (meter ? meteredHours(meter, now).count : 0);

/**
 * Whether the rest of a promise is free for others, now that there is a server: it is of a cheaper type than the dearest
 * allowed, or two months held room for its first hour, which has begun in one of them.
 */
export function leavesRoom({ spend, meter }: MachineAccount, prices: PriceBook): boolean {
  const most = dearest(spend, prices);
  const actual = meter && priceOfMeter(meter, prices);
  if (!most || !actual) return false;
  const { from, to } = startBetween(spend, spend.orderedAt);
  return actual.hourlyMicros < most.hourlyMicros || billingMonthOf(from) !== billingMonthOf(to);
}

/** While nobody knows which of the allowed types Hetzner has left, the dearest one counts. */
function dearest(spend: MachineSpend, prices: PriceBook): Price | undefined {
  const { hetznerProjectId, location, allowedTypes, orderedAt } = spend;
  const known = allowedTypes
    .map((type) => priceAt(prices({ kind: 'machine', hetznerProjectId, location, type }), orderedAt))
    .filter((price) => price !== undefined);
  if (known.length === 0) return undefined;
  return known.reduce((most, one) => (one.hourlyMicros > most.hourlyMicros ? one : most));
}
