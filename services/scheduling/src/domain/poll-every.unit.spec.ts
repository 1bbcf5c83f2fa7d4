import { pollEvery } from './poll-every.js';

describe('the time between two polls of a project', () => {
  it('is 30 seconds where there are few projects', () => {
    expect(pollEvery(1)).toBe(30_000);
    expect(pollEvery(120)).toBe(30_000);
  });

  it('keeps a connection with many projects below 500 reads of jobs a minute', () => {
    for (const projects of [121, 500, 5_000]) {
      const readsPerMinute = (projects * 2 * 60_000) / pollEvery(projects);
      expect(readsPerMinute).toBeLessThanOrEqual(500);
    }
  });
});
