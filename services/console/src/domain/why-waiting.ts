import { nextTry, sentence } from './say.js';

interface WaitingJob {
  readonly waitingBecause: string | null;
  readonly nextTryAt: string | null;
}

/** Why a job waits and what happens next, in sentences. */
export const whyWaiting = ({ waitingBecause, nextTryAt }: WaitingJob, now: number): string =>
  [
    waitingBecause ? sentence(waitingBecause) : 'Why is being found out.',
    nextTryAt ? nextTry(Date.parse(nextTryAt), now) : '',
  ]
    .join(' ')
    .trim();
