import { sayInstants } from './instants.js';
import { duration, nextTry, sentence } from './say.js';
import { timeOf } from './when.js';

interface WaitingJob {
  readonly waitingBecause: string | null;
  readonly nextTryAt: string | null;
}

/** Why a job waits and what happens next, in sentences. */
export const whyWaiting = ({ waitingBecause, nextTryAt }: WaitingJob, now: number): string =>
  [
    waitingBecause ? sentence(sayInstants(waitingBecause, (at) => soon(at, now))) : 'Why is being found out.',
    nextTryAt ? nextTry(Date.parse(nextTryAt), now) : '',
  ]
    .join(' ')
    .trim();

/** A job waits for minutes: its day is today, and what matters is how much longer. */
const soon = (at: number, now: number): string =>
  at > now ? `${timeOf(at)} UTC, in ${duration(at - now)}` : `${timeOf(at)} UTC`;
