import { amountOf, choice, duration, money, nextTry, sentence } from './say.js';

const MINUTE = 60_000;

it.each([
  [-5, '0 s'],
  [39_999, '39 s'],
  [16 * MINUTE, '16 min'],
  [60 * MINUTE, '1 h'],
  [62 * MINUTE, '1 h 2 min'],
  [24 * 60 * MINUTE, '1 d'],
  [76 * 60 * MINUTE, '3 d 4 h'],
])('%i ms are said as %s', (ms, words) => {
  expect(duration(ms)).toBe(words);
});

it.each([
  [-1, 'The next try is due now.'],
  [500, 'Next try in 1 second.'],
  [20_000, 'Next try in 20 seconds.'],
  [MINUTE, 'Next try in 1 minute.'],
  [2 * MINUTE, 'Next try in 2 minutes.'],
  [90 * MINUTE, 'Next try in 1 h 30 min.'],
])('what is tried in %i ms is said so: %s', (ms, words) => {
  expect(nextTry(1_000_000 + ms, 1_000_000)).toBe(words);
});

it.each([
  ['the Hetzner credentials are not accepted', 'The Hetzner credentials are not accepted.'],
  ['Is it full?', 'Is it full?'],
  ['ccx33 is sold out in hel1', 'ccx33 is sold out in hel1.'],
  ['  ', ''],
])('%j is the sentence %j', (reason, said) => {
  expect(sentence(reason)).toBe(said);
});

it('counts in words', () => {
  expect([amountOf(1, 'job'), amountOf(0, 'job'), amountOf(1_224, 'job')]).toEqual([
    '1 job',
    '0 jobs',
    '1,224 jobs',
  ]);
  expect([choice([]), choice(['a']), choice(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b or c']);
  expect(money({ amount: '36.483200', currency: 'EUR' })).toBe('€36.48');
});
