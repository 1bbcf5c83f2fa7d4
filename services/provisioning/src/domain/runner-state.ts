/** The states of a runner, as the public API names them. */
export const runnerStates = [
  'REQUESTED',
  'ASLEEP',
  'STARTING',
  'ENROLLING',
  'IDLE',
  'BUSY',
  'CLEANING',
  'DRAINING',
  'STOPPING',
  'FAILED',
  'DELETED',
] as const;

export type RunnerState = (typeof runnerStates)[number];

/** States in which a runner has, or is about to have, a machine. */
export const awakeStates = [
  'STARTING',
  'ENROLLING',
  'IDLE',
  'BUSY',
  'CLEANING',
  'DRAINING',
  'STOPPING',
  'FAILED',
] as const;

/** Awake states that count as supply: the others are on their way out. */
export const supplyStates = ['STARTING', 'ENROLLING', 'IDLE', 'BUSY', 'CLEANING'] as const;

export const isSupply = (state: RunnerState): boolean => (supplyStates as readonly string[]).includes(state);
export const isAwake = (state: RunnerState): boolean => (awakeStates as readonly string[]).includes(state);
