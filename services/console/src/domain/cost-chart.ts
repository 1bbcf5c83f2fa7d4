/** A day as it is drawn: shares of the chart's height, from 0 to 1. */
export interface CostBar {
  readonly date: string;
  readonly cost: number;
  readonly baseline: number;
}

export interface CostChart {
  /** Amounts at which a line is drawn, from 0 up. */
  readonly ticks: readonly number[];
  readonly bars: readonly CostBar[];
}

interface Day {
  readonly date: string;
  readonly cost: { readonly amount: string };
  readonly baseline: { readonly amount: string };
}

/** The days until now: at the end of a report there may be some that have not begun. */
export function daysThatBegan<Some extends Day>(days: readonly Some[]): readonly Some[] {
  const last = days.findLastIndex(({ cost, baseline }) => Number(cost.amount) + Number(baseline.amount) > 0);
  return days.slice(0, last + 1);
}

/** Lines above the lowest. */
const MOST_LINES = 4;

/** How the days of a report are drawn: as high as the highest, with lines at round amounts. */
export function costChart(days: readonly Day[]): CostChart {
  const amounts = days.flatMap(({ cost, baseline }) => [Number(cost.amount), Number(baseline.amount)]);
  const highest = Math.max(0, ...amounts);
  const step = roundStep(highest / MOST_LINES);
  const lines = Math.max(1, Math.ceil(highest / step));
  const share = ({ amount }: { amount: string }) => Number(amount) / (step * lines);
  return {
    ticks: Array.from({ length: lines + 1 }, (_, index) => index * step),
    bars: days.map(({ date, cost, baseline }) => ({ date, cost: share(cost), baseline: share(baseline) })),
  };
}

/** The next of 1, 2, 5, 10, 20, 50 and so on, also below 1. */
function roundStep(least: number): number {
  if (least <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return (([1, 2, 5] as const).find((factor) => factor * power >= least) ?? 10) * power;
}
