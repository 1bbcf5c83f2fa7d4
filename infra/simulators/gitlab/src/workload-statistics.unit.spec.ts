import { traceStatistics } from './workload-statistics.js';

describe('the statistics of a trace', () => {
  it('tell how many jobs come when, how long they take and how many would run at once', () => {
    const trace = [
      { arrival: 10, duration: 100, tags: ['linux'] },
      { arrival: 20, duration: 90, tags: ['linux', 'big'] },
      { arrival: 110, duration: 5, tags: [] },
      { arrival: 90_000, duration: 200, tags: ['linux'] },
    ];
    expect(traceStatistics(trace)).toEqual({
      jobs: 4,
      arrivals: { first: 10, last: 90_000 },
      durationSeconds: { p50: 90, p95: 200, max: 200, sum: 395 },
      mostAtOnce: 2,
      perDay: [3, 1],
      perTag: { linux: 3, big: 1 },
    });
  });

  it('are all nothing where no job is left', () => {
    expect(traceStatistics([])).toMatchObject({ jobs: 0, mostAtOnce: 0, perDay: [] });
  });
});
