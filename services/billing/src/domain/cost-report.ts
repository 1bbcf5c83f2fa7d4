import { money, type Money } from '@cleanroom/kernel';
import { alwaysOn, alwaysOnWithin, type AlwaysOn, type PoolTypes } from './always-on.js';
import { localDays } from './local-days.js';
import type { Meter } from './meter.js';
import { costWithin, priced, type PricedMeter } from './metered-cost.js';
import { onEachDay } from './on-each-day.js';
import type { PriceBook } from './price.js';
import type { Window } from './window.js';

/** What runners cost in a window, and what they would have cost had they never slept. */
export interface CostReport {
  /** One of the meters has an uncertain end. */
  readonly estimated: boolean;
  readonly total: Money;
  readonly machines: Money;
  readonly staticIps: Money;
  /** Always-on machines and the same static IPs. */
  readonly alwaysOnBaseline: Money;
  /** The machines that the baseline is reckoned with. */
  readonly baselineMachines: readonly BaselineMachine[];
  /** Below zero where sleeping cost more than it saved. */
  readonly saved: Money;
  /** Of the baseline; two decimals. */
  readonly savedPercent: number;
  readonly perDay: readonly DailyCost[];
}

/** A machine that would never have been off, in so many places alike. */
export interface BaselineMachine {
  readonly serverType: string;
  readonly location: string;
  readonly places: number;
  readonly hourly: Money;
}

export interface DailyCost {
  /** In the organisation's time zone. */
  readonly date: string;
  readonly cost: Money;
  readonly baseline: Money;
}

export interface ReportQuestion {
  readonly window: Window;
  /** IANA name. */
  readonly timeZone: string;
  readonly now: Date;
  /** Of the organisation; names the zero of an empty report. */
  readonly currency: string;
}

/** What the books hold of the time in question. */
export interface ReportBooks {
  readonly meters: readonly Meter[];
  readonly prices: PriceBook;
  readonly poolOf: (poolId: string) => PoolTypes | undefined;
}

interface Sums {
  readonly machines: bigint;
  readonly staticIps: bigint;
  readonly alwaysOn: bigint;
}

/** An hour counts where it begins: on its day, and within the window or not at all. `undefined` while a price is unknown. */
export function costReport(books: ReportBooks, question: ReportQuestion): CostReport | undefined {
  const { window, timeZone, now, currency } = question;
  const meters = priced(books.meters, books.prices);
  const places = baselineOf(books);
  if (!meters || !places) return undefined;
  const days = localDays(window, timeZone);
  const metersOn = onEachDay(meters, days, { meterOf: ({ meter }) => meter, now });
  const placesOn = onEachDay(places, days, { meterOf: ({ place }) => place, now });
  return {
    estimated: meters.some(({ meter }) => meter.estimated),
    ...totals(sumsWithin(meters, places, window, now), currency),
    baselineMachines: machinesOf(places),
    perDay: days.map((day, n) => {
      const sums = sumsWithin(metersOn[n]!, placesOn[n]!, day, now);
      return {
        date: day.date,
        cost: money(sums.machines + sums.staticIps, currency),
        baseline: money(sums.alwaysOn + sums.staticIps, currency),
      };
    }),
  };
}

function totals({ machines, staticIps, alwaysOn: always }: Sums, currency: string) {
  const total = machines + staticIps;
  const baseline = always + staticIps;
  return {
    total: money(total, currency),
    machines: money(machines, currency),
    staticIps: money(staticIps, currency),
    alwaysOnBaseline: money(baseline, currency),
    saved: money(baseline - total, currency),
    savedPercent: baseline === 0n ? 0 : Number(((baseline - total) * 10_000n) / baseline) / 100,
  };
}

/** `undefined` while nothing is known of a pool: what it lists decides the saving. */
function baselineOf({ meters, prices, poolOf }: ReportBooks): AlwaysOn[] | undefined {
  const found: AlwaysOn[] = [];
  for (const place of meters.filter(({ kind }) => kind === 'static-ip')) {
    const pool = poolOf(place.poolId);
    if (!pool) return undefined;
    const one = alwaysOn(place, pool, prices);
    if (one) found.push(one);
  }
  return found;
}

function machinesOf(places: readonly AlwaysOn[]): BaselineMachine[] {
  const alike = Map.groupBy(places, ({ serverType, place, price }) =>
    [serverType, place.location, price.hourlyMicros].join(' '),
  );
  return [...alike.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : {
          serverType: first.serverType,
          location: first.place.location,
          places: others.length + 1,
          hourly: money(first.price.hourlyMicros, first.price.currency),
        },
  );
}

function sumsWithin(
  meters: readonly PricedMeter[],
  places: readonly AlwaysOn[],
  span: Window,
  now: Date,
): Sums {
  const costOf = (kind: Meter['kind']) =>
    sum(meters.filter(({ meter }) => meter.kind === kind).map((one) => costWithin(one, span, now)));
  return {
    machines: costOf('machine'),
    staticIps: costOf('static-ip'),
    alwaysOn: sum(places.map((place) => alwaysOnWithin(place, span, now))),
  };
}

const sum = (micros: readonly bigint[]): bigint => micros.reduce((total, one) => total + one, 0n);
