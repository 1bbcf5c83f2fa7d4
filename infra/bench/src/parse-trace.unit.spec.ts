import { parseTrace, TraceError } from './parse-trace.js';
import { loads, makeTrace } from './make-trace.js';
import { readTrace } from './read-trace.js';

const trace = (...lines: string[]): string => ['arrival,duration,tags', ...lines].join('\n');

describe('a trace of jobs', () => {
  it('is read in the order of arrival, in milliseconds, with its tags', () => {
    expect(parseTrace(trace('60,1.5,', '2,30,linux docker', ''))).toEqual([
      { arrival: 2_000, duration: 30_000, tags: ['linux', 'docker'] },
      { arrival: 60_000, duration: 1_500, tags: [] },
    ]);
  });

  it.each([
    ['', 'line 1, column 1: expected the header "arrival,duration,tags"'],
    [trace(), 'line 2, column 1: expected at least one job'],
    [trace('1,2,a', 'x,2,a'), 'line 3, column 1: "x" is no arrival in seconds'],
    [trace('10,-2,a'), 'line 2, column 4: "-2" is no duration in seconds'],
    [trace('10,0,a'), 'line 2, column 4: a duration is more than 0 seconds'],
    [trace('10,5'), 'line 2, column 1: expected 3 fields, found 2'],
  ])('is refused with the line and the column of what is wrong: %j', (text, message) => {
    expect(() => parseTrace(text)).toThrow(message);
  });

  it.each([
    ['that is not there', '/nowhere/week.csv', 'it cannot be read (ENOENT)'],
    ['that is a folder', '/', 'it cannot be read (EISDIR)'],
  ])('is refused from a file %s, in a sentence', (_, file, message) => {
    const read = () => readTrace(file);
    expect(read).toThrow(TraceError);
    expect(read).toThrow(message);
  });

  it('is made the same from the same seed, and can be read', () => {
    const text = makeTrace(loads['office-week']);
    expect(makeTrace(loads['office-week'])).toBe(text);
    expect(parseTrace(text).length).toBeGreaterThan(2_000);
  });
});
