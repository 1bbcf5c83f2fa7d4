import type { Seat } from './fleet.js';
import { nextTry, sentence } from './say.js';

/** Runners whose last machine failed or was refused, the longest first: some while it is deleted, some until they are tried again. */
export const failedSeats = (seats: Iterable<Seat>, now: number): Seat[] =>
  [...seats]
    .filter((seat) => seat.state === 'FAILED' || isTriedAgain(seat, now))
    .sort((a, b) => a.since - b.since);

/** Whether it is only its state that looks well. */
export const isTriedAgain = ({ retryAt }: Seat, now: number): boolean => retryAt !== null && retryAt > now;

/** Why one of them failed, and what happens next. */
export const whyFailed = ({ reason, retryAt }: Seat, now: number): string =>
  [
    reason ? sentence(reason) : 'Its machine missed a deadline.',
    retryAt === null ? 'The machine is being deleted.' : nextTry(retryAt, now),
  ].join(' ');
