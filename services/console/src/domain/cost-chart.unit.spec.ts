import { costChart, daysThatBegan } from './cost-chart.js';

const day = (date: string, cost: string, baseline: string) => ({
  date,
  cost: { amount: cost },
  baseline: { amount: baseline },
});

it('is as high as its highest day, with lines at round amounts', () => {
  const { ticks, bars } = costChart([day('2026-11-01', '100', '277.40'), day('2026-11-02', '0', '277.40')]);
  expect(ticks).toEqual([0, 100, 200, 300]);
  expect(bars[0]).toMatchObject({ date: '2026-11-01', cost: 100 / 300 });
  expect(bars[1]?.cost).toBe(0);
});

it('has round lines for cents, too, and one where nothing cost anything', () => {
  expect(costChart([day('2026-11-01', '0.07', '0.3')]).ticks.at(-1)).toBeCloseTo(0.3);
  expect(costChart([day('2026-11-01', '0', '0')]).ticks).toEqual([0, 1]);
  expect(costChart([]).ticks).toEqual([0, 1]);
});

it('ends with the last day that cost anything', () => {
  const days = [day('2026-11-01', '0', '0'), day('2026-11-02', '0', '3'), day('2026-11-03', '0', '0')];
  expect(daysThatBegan(days)).toEqual(days.slice(0, 2));
  expect(daysThatBegan(days.slice(2))).toEqual([]);
});
