import { isAwake, type RunnerState } from './runner-states.js';

const LEAVING: ReadonlySet<RunnerState> = new Set(['DRAINING', 'STOPPING', 'FAILED']);

/** Whether there is a machine that is not on its way out already. */
export const canDrain = (state: RunnerState): boolean => isAwake(state) && !LEAVING.has(state);

interface TimelineEntry {
  readonly at: string;
  readonly kind: string;
}

/** Whether somebody drained a machine that still works: its state changes only when its job is over. */
export const isToBeDrained = (
  { state, since }: { readonly state: RunnerState; readonly since: number },
  timeline: readonly TimelineEntry[],
): boolean => canDrain(state) && timeline.some(({ kind, at }) => kind === 'drain' && Date.parse(at) >= since);

/**
 * What becomes of a runner that is drained, and of its job.
 *
 * @param job what it is called, where one runs
 */
export function whatDrainDoes(state: RunnerState, job: string | undefined): string {
  const before =
    job === undefined
      ? state === 'BUSY'
        ? 'Its job finishes first.'
        : 'No job runs on it.'
      : `Its job ${job} finishes first.`;
  return `${before} Then the machine is deleted; if the runner is still wanted, it wakes with a fresh one. The static IP stays.`;
}
