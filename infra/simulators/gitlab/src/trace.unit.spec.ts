import { readFileSync } from 'node:fs';
import { traceCsv } from './trace.js';

const bench = (name: string): string =>
  readFileSync(new URL(`../../../bench/traces/${name}.csv`, import.meta.url), 'utf8');
const complaint = (text: string): string | undefined => traceCsv.safeParse(text).error?.issues[0]?.message;

describe('a trace', () => {
  it('is read in the order of its arrivals, with a project where it names one', () => {
    expect(traceCsv.parse('arrival,duration,tags,project\n9,1.5,linux arm,acme/api\n3,60,,\n')).toEqual([
      { arrival: 3, duration: 60, tags: [] },
      { arrival: 9, duration: 1.5, tags: ['linux', 'arm'], project: 'acme/api' },
    ]);
  });

  it.each(['office-week', 'global-bursts'])('of the bench, %s, is a week of jobs', (name) => {
    const jobs = traceCsv.parse(bench(name));
    expect(jobs.length).toBeGreaterThan(1_000);
    expect(jobs.at(-1)?.arrival).toBeLessThan(7 * 24 * 3_600);
    expect(jobs.every(({ duration }) => duration > 0)).toBe(true);
  });

  it('is refused with its line where it is damaged', () => {
    expect(complaint('when,duration,tags\n')).toContain('line 1');
    expect(complaint('arrival,duration,tags\n1,2,a\nx,2,a\n')).toContain('line 3');
  });
});
