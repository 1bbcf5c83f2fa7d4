import { realisticLatency } from './latency.js';
import { seededRandom } from '@cleanroom/simulator-journal';

const SAMPLES = 5_000;

/** Median and 95th percentile. */
function measured(sample: () => number): [number, number] {
  const sorted = Array.from({ length: SAMPLES }, sample).sort((a, b) => a - b);
  return [sorted[SAMPLES / 2] ?? 0, sorted[SAMPLES * 0.95] ?? 0];
}

const near = (value: number, wanted: number): boolean => Math.abs(value - wanted) < wanted * 0.1;

describe('realistic delays', () => {
  const latency = realisticLatency(seededRandom(3));

  it.each([
    ['creation', () => latency.createServer(), 5_000, 15_000],
    ['boot', () => latency.boot(), 30_000, 60_000],
    ['rebuild', () => latency.rebuildServer(), 10_000, 20_000],
  ])('of a %s have the median and the tail that were measured', (_, sample, median, p95) => {
    const [half, most] = measured(sample);
    expect([near(half, median), near(most, p95)]).toEqual([true, true]);
  });

  it.each([
    ['a write', () => latency.request('POST'), 200, 600],
    ['a deletion', () => latency.deleteServer(), 2_000, 6_000],
    ['a release', () => latency.releasePrimaryIp(), 1_000, 3_000],
    ['a firewall', () => latency.applyFirewall(), 1_000, 5_000],
  ])('of %s stay within their bounds', (_, sample, low, high) => {
    for (let i = 0; i < 500; i++) {
      const delay = sample();
      expect(delay >= low && delay <= high).toBe(true);
    }
  });

  it('are the same under the same seed', () => {
    const [first, second] = [realisticLatency(seededRandom(9)), realisticLatency(seededRandom(9))];
    expect([first.boot(), first.createServer()]).toEqual([second.boot(), second.createServer()]);
  });
});
