import { spanFromWords, spanInWords } from './time-span.js';

it.each([
  ['PT5M', '5 min', 'PT300S'],
  ['PT24H', '1 d', 'PT86400S'],
  ['PT1H30M', '1 h 30 min', 'PT5400S'],
  ['PT0S', '0 s', 'PT0S'],
])('%s is %s, and back', (iso, words, same) => {
  expect([spanInWords(iso), spanFromWords(words)]).toEqual([words, same]);
});

it('passes on what it does not understand', () => {
  expect([spanFromWords(' soon '), spanFromWords('PT5M'), spanFromWords(''), spanInWords('P')]).toEqual([
    'soon',
    'PT5M',
    '',
    'P',
  ]);
  expect(spanFromWords('1h  30min')).toBe('PT5400S');
});
