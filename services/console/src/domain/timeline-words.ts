import { isRunnerState, wordsOf } from './runner-states.js';
import { sentence } from './say.js';

/** What happened to a runner, as people say it: where nothing but its state changed, it is written as IDLE to BUSY. */
export function timelineWords(message: string): string {
  const [, from = '', to = ''] = /^([A-Z]+) to ([A-Z]+)$/.exec(message) ?? [];
  if (!isRunnerState(from) || !isRunnerState(to)) return sentence(message);
  return to === 'ASLEEP'
    ? 'Went to sleep; the static IP is kept.'
    : `Became ${wordsOf(to).word.toLowerCase()}.`;
}
