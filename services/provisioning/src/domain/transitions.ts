import { runnerStates, type RunnerState } from './runner-state.js';

/** The life of a runner as data: from each state, where it may go. Whatever is not here cannot happen. */
export const transitions: Readonly<Record<RunnerState, readonly RunnerState[]>> = {
  REQUESTED: ['ASLEEP', 'DELETED'],
  ASLEEP: ['STARTING', 'DELETED'],
  // Back to sleep without a detour where the order was certainly refused: there is nothing to clean up.
  STARTING: ['ENROLLING', 'STOPPING', 'FAILED', 'ASLEEP'],
  ENROLLING: ['IDLE', 'BUSY', 'STOPPING', 'FAILED'],
  IDLE: ['BUSY', 'DRAINING', 'STOPPING'],
  BUSY: ['IDLE', 'CLEANING', 'DRAINING', 'STOPPING'],
  CLEANING: ['ENROLLING', 'STOPPING', 'FAILED'],
  DRAINING: ['STOPPING'],
  STOPPING: ['ASLEEP'],
  FAILED: ['STOPPING'],
  DELETED: [],
};

/** A move that the table does not know: a bug, never a refusal. */
export class IllegalTransition extends Error {
  override readonly name = 'IllegalTransition';
}

/** @throws IllegalTransition when the table has no such edge */
export function checkTransition(from: RunnerState, to: RunnerState): void {
  if (!transitions[from].includes(to))
    throw new IllegalTransition(`a runner never goes from ${from} to ${to}`);
}

/**
 * Checked at start-up: every state can be reached, and every state but the last can be left.
 *
 * @throws IllegalTransition
 */
export function checkTransitionTable(): void {
  const reached = new Set<RunnerState>(['REQUESTED', ...Object.values(transitions).flat()]);
  const lost = runnerStates.filter((state) => !reached.has(state));
  const stuck = runnerStates.filter((state) => state !== 'DELETED' && transitions[state].length === 0);
  if (lost.length + stuck.length > 0)
    throw new IllegalTransition(`unreachable: ${lost.join()}; without exit: ${stuck.join()}`);
}
