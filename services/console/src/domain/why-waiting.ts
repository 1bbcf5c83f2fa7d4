import { sayInstants } from './instants.js';
import { duration, nextTry, sentence } from './say.js';
import { timeOf } from './when.js';

interface WaitingJob {
  readonly waitingBecause: string | null;
  readonly waitingCode: keyof typeof NEXT | null;
  readonly nextTryAt: string | null;
}

/** What ends the waiting where time alone does not. */
const NEXT = {
  BUDGET_EXHAUSTED: 'A higher budget lets it go on before the month is over.',
  CREDENTIALS_INVALID: 'It goes on when the connection has a token that is accepted.',
  NO_POOL_MATCHES: 'It waits until a pool takes such jobs.',
  OUTSIDE_SIZE: 'It runs when a runner is free; a larger pool would take it sooner.',
  PAUSED: 'It goes on when the pool is no longer paused.',
  SOLD_OUT: '',
  STARTING: '',
} as const;

/** Why a job waits and what happens next, in sentences. */
export const whyWaiting = ({ waitingBecause, waitingCode, nextTryAt }: WaitingJob, now: number): string =>
  [
    waitingBecause ? sentence(sayInstants(waitingBecause, (at) => soon(at, now))) : 'Why is being found out.',
    waitingCode === null ? '' : NEXT[waitingCode],
    nextTryAt ? nextTry(Date.parse(nextTryAt), now) : '',
  ]
    .filter((said) => said !== '')
    .join(' ');

/** A job waits for minutes: its day is today, and what matters is how much longer. */
const soon = (at: number, now: number): string =>
  at > now ? `${timeOf(at)} UTC, in ${duration(at - now)}` : `${timeOf(at)} UTC`;
