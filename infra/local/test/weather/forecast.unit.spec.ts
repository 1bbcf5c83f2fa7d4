import { forecast, WEATHER_MS } from './forecast.js';

const seeds = Array.from({ length: 100 }, (_, n) => n + 1);

describe('a weather', () => {
  it('is the same for the same seed, and another one for another', () => {
    expect(forecast(7)).toEqual(forecast(7));
    expect(forecast(7)).not.toEqual(forecast(8));
  });

  it('has work to do, and its strikes come in the order of time', () => {
    for (const { strikes } of seeds.map(forecast)) {
      expect(strikes.filter(({ what }) => what === 'job').length).toBeGreaterThanOrEqual(5);
      const moments = strikes.map(({ afterMs }) => afterMs);
      expect(moments).toEqual([...moments].sort((a, b) => a - b));
      expect(Math.max(...moments)).toBeLessThanOrEqual(WEATHER_MS);
    }
  });

  it('leaves no kind of trouble out in a hundred seeds', () => {
    const all = seeds.map(forecast);
    const strikes = all.flatMap((one) => one.strikes);
    expect(new Set(strikes.map(({ what }) => what))).toEqual(
      new Set(['job', 'kill', 'kill-broker', 'kill-database', 'poison']),
    );
    const killed = strikes.flatMap((strike) => (strike.what === 'kill' ? [strike.process] : []));
    expect(new Set(killed).size).toBe(6);
    const modes = (faults: readonly { mode: string }[]) =>
      [...new Set(faults.map(({ mode }) => mode))].sort();
    const troubles = ['delay', 'fail', 'lose_answer', 'reset', 'truncate'];
    expect(modes(all.flatMap(({ hetzner }) => hetzner))).toEqual(troubles);
    const gitlab = all.flatMap((one) => one.gitlab);
    expect(modes(gitlab.filter(({ operation }) => operation !== 'webhook'))).toEqual(troubles);
    expect(modes(gitlab.filter(({ operation }) => operation === 'webhook'))).toEqual([
      'double',
      'lose_answer',
      'reorder',
    ]);
    expect(new Set(all.flatMap(({ machines }) => machines)).size).toBe(3);
    expect(all.some(({ clockJumps }) => clockJumps)).toBe(true);
    expect(all.some(({ rewinds }) => rewinds)).toBe(true);
  });
});
