import { timelineWords } from './timeline-words.js';

it.each([
  ['IDLE to BUSY', 'Became busy.'],
  ['STOPPING to ASLEEP', 'Went to sleep; the static IP is kept.'],
  ['drained by hand', 'Drained by hand.'],
  ['woken: 1 job queued', 'Woken: 1 job queued.'],
  ['HERE to THERE', 'HERE to THERE.'],
])('%s is said as %s', (message, said) => {
  expect(timelineWords(message)).toBe(said);
});
