import { readFileSync } from 'node:fs';
import { describeTraces } from './describe-traces.js';
import { loads, makeTrace } from './make-trace.js';

const folder = new URL('../traces/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

describe('the traces that ship', () => {
  it.each(Object.entries(loads))('%s is what its seed makes', (name, load) => {
    expect(read(`${name}.csv`)).toBe(makeTrace(load));
  });

  it('are described by their statistics', () => {
    const page = read('README.md');
    expect(page).toBe(describeTraces(folder));
    expect(page).toMatch(/## office-week.*\| jobs \| 2699 \|.*## global-bursts.*\| most at once \| 69 \|/s);
  });
});
