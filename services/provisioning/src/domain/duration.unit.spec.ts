import fc from 'fast-check';
import { formatDuration, parseDuration } from './duration.js';

describe('a duration', () => {
  it.each([
    ['PT5M', 300],
    ['PT90S', 90],
    ['P1D', 86_400],
    ['P1DT1H', 90_000],
    ['PT0S', 0],
  ])('%s is %i seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each([
    '',
    'P',
    'PT',
    'P1DT',
    '5M',
    'PT5',
    'PT-5M',
    'PT1.5M',
    'P1M',
    'pt5m',
    ' PT5M',
    'PT5M\n',
    `PT${'9'.repeat(9)}S`,
  ])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 * 86_400 }), (seconds) => {
        expect(parseDuration(formatDuration(seconds))).toBe(seconds);
      }),
    );
  });
});
