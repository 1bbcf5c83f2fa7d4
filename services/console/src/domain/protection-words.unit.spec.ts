import { protectionWords } from './protection-words.js';

const NOW = Date.parse('2026-11-30T12:00:00Z');

it.each([
  [true, '2026-11-30T11:59:20Z', 'Yes, verified 40 s ago'],
  [false, null, 'No, not yet'],
  [false, '2026-11-30T11:57:00Z', 'No, last verified 3 min ago'],
])('where protected is %s, verified at %s, are: %s', (isProtected, verifiedAt, words) => {
  expect(protectionWords({ protected: isProtected, verifiedAt }, NOW).join('')).toBe(words);
});
