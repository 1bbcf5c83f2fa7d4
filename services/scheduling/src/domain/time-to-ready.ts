/** What a runner goes through before it is IDLE: a new machine, or the rebuild of the one that it has. */
export type Preparation = 'ORDER' | 'REBUILD';

/** A preparation that has not come to its end. */
export interface GettingReady {
  readonly by: Preparation;
  readonly since: Date;
}

/** How long a preparation took. */
export interface TimeToReady {
  readonly by: Preparation;
  readonly seconds: number;
}

/** As many of the latest preparations of a pool count. */
export const MOST_MEASURED = 50;

/** Nobody is ready sooner than that, and what takes longer is a failure that waiting does not mend. */
const LEAST_MS = 30_000;
const MOST_MS = 600_000;

/** What is assumed while a pool has no measurement of its own. */
const ASSUMED_MS: Readonly<Record<Preparation, number>> = { ORDER: 120_000, REBUILD: 60_000 };

/**
 * How long to reckon with until a runner is ready, in milliseconds: nine of ten of the pool's latest preparations were
 * over by then. From 30 seconds to 10 minutes; 2 minutes for an order and 1 for a rebuild while none was measured.
 */
export const expectedTimeToReady = (by: Preparation, measured: readonly TimeToReady[]): number => {
  const seconds = measured.filter((one) => one.by === by).map((one) => one.seconds);
  if (seconds.length === 0) return ASSUMED_MS[by];
  const ninetieth = [...seconds].sort((a, b) => a - b)[Math.ceil(seconds.length * 0.9) - 1] ?? 0;
  return Math.min(MOST_MS, Math.max(LEAST_MS, ninetieth * 1000));
};

/** What a runner in this state is going through; undefined where it is at work, asleep, or on its way there. */
export const gettingReady = (
  state: string,
  since: Date,
  before: GettingReady | undefined,
): GettingReady | undefined => {
  if (state === 'STARTING') return { by: 'ORDER', since };
  if (state === 'CLEANING') return { by: 'REBUILD', since };
  return state === 'ENROLLING' ? before : undefined;
};

/** What is learnt where a runner reaches a state; undefined unless it has just become ready. */
export const measuredAt = (
  state: string,
  at: Date,
  before: GettingReady | undefined,
): TimeToReady | undefined =>
  state === 'IDLE' && before
    ? { by: before.by, seconds: (at.getTime() - before.since.getTime()) / 1000 }
    : undefined;
