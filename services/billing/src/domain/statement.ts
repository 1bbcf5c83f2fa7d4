import { windowOf, type BillingMonth } from './billing-month.js';
import { costOfHours, type Hours } from './cost-of-hours.js';
import { meteredHours, type Meter } from './meter.js';
import type { PricedMeter } from './metered-cost.js';
import { hoursBegunBefore } from './started-hours.js';

/** What one machine or static IP cost in a month, and the proof of its end. */
export interface StatementLine {
  readonly meterId: string;
  /** The month that it is about: an earlier one where a later finding corrects a closed statement. */
  readonly month: BillingMonth;
  readonly kind: Meter['kind'];
  readonly providerId: string;
  readonly runnerId: string;
  readonly poolId: string;
  readonly type: string;
  readonly location: string;
  readonly startedAt: Date;
  /** Null: it existed when the statement was closed. */
  readonly endedAt: Date | null;
  /** Hours that began in the month. For a correction the difference, which may be below zero, as may the amount. */
  readonly hours: number;
  readonly hourlyMicros: bigint;
  readonly micros: bigint;
  readonly currency: string;
  readonly estimated: boolean;
}

/** What earlier statements say of a meter and a month, and whether they tell its end. */
export type Stated = (
  meterId: string,
  month: BillingMonth,
) => { hours: number; micros: bigint; ended: boolean };

export interface StatementQuestion {
  readonly month: BillingMonth;
  /** Months whose statements are closed and may have to be corrected; oldest first. */
  readonly closed: readonly BillingMonth[];
  readonly stated: Stated;
  readonly now: Date;
}

/**
 * The lines of a month that is over, and what has been found out since about months that are closed already. A closed
 * statement never changes: the next one says the difference, which may be no more than that something has ended.
 */
export function statementLines(
  meters: readonly PricedMeter[],
  { month, closed, stated, now }: StatementQuestion,
): StatementLine[] {
  const corrections = closed.flatMap((earlier) =>
    meters.flatMap((one) => {
      const known = stated(one.meter.id, earlier);
      const line = lineOf(one, earlier, now);
      const hours = line.hours - known.hours;
      const micros = line.micros - known.micros;
      return hours === 0 && micros === 0n ? [] : [{ ...line, hours, micros }];
    }),
  );
  const lines = meters.map((one) => lineOf(one, month, now)).filter(({ hours }) => hours > 0);
  const told = new Set([...corrections, ...lines].map(({ meterId }) => meterId));
  const ends = meters
    .filter(({ meter }) => meter.endedAt !== null && !told.has(meter.id))
    .flatMap((one) => endOf(one, { closed, stated, now }));
  return [...corrections, ...ends, ...lines];
}

/** That what was there when its last month was closed is gone: the proof is owed also where it cost nothing more. */
function endOf(
  one: PricedMeter,
  { closed, stated, now }: Pick<StatementQuestion, 'closed' | 'stated' | 'now'>,
): StatementLine[] {
  const { id } = one.meter;
  const last = closed.findLast((earlier) => stated(id, earlier).hours > 0);
  if (last === undefined || closed.some((earlier) => stated(id, earlier).ended)) return [];
  return [{ ...lineOf(one, last, now), hours: 0, micros: 0n }];
}

function lineOf({ meter, price }: PricedMeter, month: BillingMonth, now: Date): StatementLine {
  const window = windowOf(month);
  const hours = meteredHours(meter, now);
  const { id, kind, providerId, runnerId, poolId, type, location, startedAt, endedAt, estimated } = meter;
  return {
    meterId: id,
    ...{ month, kind, providerId, runnerId, poolId, type, location, startedAt, endedAt, estimated },
    hours: countBefore(hours, window.to) - countBefore(hours, window.from),
    hourlyMicros: price.hourlyMicros,
    micros: costOfHours(hours, price, window),
    currency: price.currency,
  };
}

const countBefore = ({ start, count }: Hours, at: Date): number =>
  Math.min(count, hoursBegunBefore(start, at));
