import { laterOf } from '@cleanroom/kernel';
import type { RunnerState } from './runner-state.js';

/** How long a runner may wait in a state, in seconds of the product's clock; the others wait for as long as they must. */
const deadlines: Partial<Record<RunnerState, { seconds: number; reason: string }>> = {
  STARTING: { seconds: 180, reason: 'Hetzner did not confirm the order within 3 minutes' },
  ENROLLING: { seconds: 300, reason: 'the machine was not ready within 5 minutes' },
  CLEANING: { seconds: 180, reason: 'Hetzner did not rebuild the machine within 3 minutes' },
};

/**
 * From when a wait counts. While we were away, or out of reach, no machine could be heard: a wait from before begins
 * anew once that is over, or an outage of ours would be taken for one of every machine.
 */
export const countedFrom = (since: Date, awayUntil: Date): Date => laterOf(since, awayUntil);

/** When the state must be over and why that would be a failure; `undefined` where there is no deadline. */
export function deadlineOf(state: RunnerState, since: Date): { at: Date; reason: string } | undefined {
  const deadline = deadlines[state];
  return deadline && { at: new Date(since.getTime() + deadline.seconds * 1000), reason: deadline.reason };
}

/** A change of policies leaves a machine unprotected for seconds; one that stays so for longer is replaced. */
export const UNPROTECTED_MS = 2 * 60_000;

/** An IDLE machine that said that it lives, and says nothing for so long, is replaced. */
export const SILENCE_MS = 5 * 60_000;
