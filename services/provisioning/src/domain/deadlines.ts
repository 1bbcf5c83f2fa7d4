import { laterOf } from '@cleanroom/kernel';
import type { RunnerState } from './runner-state.js';

/** How long a runner may wait in a state, in seconds of the product's clock; the others wait for as long as they must. */
const deadlines: Partial<Record<RunnerState, { seconds: number; reason: string }>> = {
  STARTING: { seconds: 180, reason: 'Hetzner did not confirm the order' },
  ENROLLING: { seconds: 300, reason: 'the machine was not ready' },
  CLEANING: { seconds: 180, reason: 'Hetzner did not rebuild the machine' },
};

/** How long a ticket is good. */
const TICKET_SECONDS = 600;
const LEAST_REAL_SECONDS = 60;

/** However fast the clock runs, a machine needs real time to boot and to speak, and events theirs to arrive. */
export const atLeastReal = (seconds: number, clockFactor: number): number =>
  Math.max(seconds, LEAST_REAL_SECONDS * clockFactor);

/** When a ticket that is made now stops being good. */
export const ticketEnd = (now: Date, clockFactor: number): Date =>
  new Date(now.getTime() + atLeastReal(TICKET_SECONDS, clockFactor) * 1000);

/**
 * From when a wait counts. While we were away, or out of reach, no machine could be heard: a wait from before begins
 * anew once that is over, or an outage of ours would be taken for one of every machine.
 */
export const countedFrom = (since: Date, awayUntil: Date): Date => laterOf(since, awayUntil);

/** When the state must be over and why that would be a failure; `undefined` where there is no deadline. */
export function deadlineOf(
  state: RunnerState,
  since: Date,
  clockFactor = 1,
): { at: Date; reason: string } | undefined {
  const deadline = deadlines[state];
  if (!deadline) return undefined;
  const seconds = atLeastReal(deadline.seconds, clockFactor);
  const reason = `${deadline.reason} within ${Math.round(seconds / 60)} minutes`;
  return { at: new Date(since.getTime() + seconds * 1000), reason };
}

/** A change of policies leaves a machine unprotected for seconds; one that stays so for longer is replaced. */
const UNPROTECTED_SECONDS = 2 * 60;

/** An IDLE machine that said that it lives, and says nothing for so long, is replaced. */
const SILENCE_SECONDS = 5 * 60;

/** Until when a machine is kept that has been unprotected since then. */
export const unprotectedUntil = (since: Date, clockFactor = 1): Date =>
  new Date(since.getTime() + atLeastReal(UNPROTECTED_SECONDS, clockFactor) * 1000);

/** From when on a machine is silent that was heard last then. */
export const silentAfter = (heard: Date, clockFactor = 1): Date =>
  new Date(heard.getTime() + atLeastReal(SILENCE_SECONDS, clockFactor) * 1000);
