import { parseExpiry } from './expiry.js';

describe('how long artifacts are kept', () => {
  it.each([
    ['42', 42],
    ['3 mins 4 sec', 184],
    ['2 hrs 20 min', 8_400],
    ['2h20min', 8_400],
    ['6 mos 1 day', 15_638_400],
    ['47 yrs 6 mos and 4d', 47 * 31_557_600 + 6 * 2_592_000 + 4 * 86_400],
    ['3 weeks and 2 days', 23 * 86_400],
    ['never', 'never'],
  ])('is read from "%s"', (text, expected) => expect(parseExpiry(text)).toBe(expected));

  it.each(['', 'soon', '3 fortnights', '-1 day', 'day'])('is not read from "%s"', (text) =>
    expect(parseExpiry(text)).toBeUndefined(),
  );
});
