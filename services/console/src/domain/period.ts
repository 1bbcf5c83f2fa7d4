/** A time for which cost is looked at, as the address names it. */
export type Period = '7d' | '30d' | '90d' | 'month' | 'last-month';

interface PeriodWords {
  readonly period: Period;
  readonly label: string;
  /** Of which it is said what it cost. */
  readonly subject: string;
}

export const PERIODS: readonly PeriodWords[] = [
  { period: '7d', label: 'The last 7 days', subject: 'The last 7 days' },
  { period: '30d', label: 'The last 30 days', subject: 'The last 30 days' },
  { period: '90d', label: 'The last 90 days', subject: 'The last 90 days' },
  { period: 'month', label: 'This month', subject: 'This month until now' },
  { period: 'last-month', label: 'Last month', subject: 'Last month' },
];

const DAY_MS = 86_400_000;

/** From its first day to the end of its last, in whole days of UTC; today is a day, too. */
export function boundsOf(period: Period, now: number): { readonly from: string; readonly to: string } {
  const tomorrow = Math.floor(now / DAY_MS) * DAY_MS + DAY_MS;
  const monthAt = (offset: number) => {
    const at = new Date(now);
    return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + offset, 1);
  };
  if (period === 'month') return between(monthAt(0), tomorrow);
  if (period === 'last-month') return between(monthAt(-1), monthAt(0));
  return between(tomorrow - Number.parseInt(period, 10) * DAY_MS, tomorrow);
}

const between = (from: number, to: number) => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
});

/** The months that are over, the latest first: 2026-11. */
export function monthsBefore(now: number, count: number): string[] {
  const at = new Date(now);
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - 1 - index, 1)).toISOString().slice(0, 7),
  );
}
