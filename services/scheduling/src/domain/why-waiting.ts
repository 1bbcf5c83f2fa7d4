import type { NearestPool } from './nearest-pool.js';
import { expectedTimeToReady, type Preparation, type TimeToReady } from './time-to-ready.js';
import { troubleOf, type Trouble, type Troubled } from './trouble.js';
import type { Wait, WaitingCode } from './wait.js';

/** What is known around a queued job; nothing here is guessed. */
export interface Waiting {
  readonly tags: readonly string[];
  /** Whether any pool's scope holds the job's project. */
  readonly covered: boolean;
  /** Of the pools whose scope holds it the one that lacks the fewest of its tags. */
  readonly nearest?: NearestPool;
  /** Its branch or tag, where it is for want of protection that no pool takes it; null where GitLab is yet to say. */
  readonly unprotected?: { readonly ref: string; readonly refProtected: boolean | null };
  /** The pool that it counts in; undefined where none matches. */
  readonly pool?: WaitingPool;
  /** Jobs of the same pool that GitLab hands out before it. */
  readonly ahead: number;
}

export interface WaitingPool {
  readonly name: string;
  readonly size: number;
  readonly paused: boolean;
  readonly runners: readonly WaitingRunner[];
  /** How long its runners took to be ready. */
  readonly measured: readonly TimeToReady[];
  /** Whose credentials are not accepted any more; nothing can be asked of them. */
  readonly refusedBy: readonly ('GitLab' | 'Hetzner')[];
  /** Its GitLab is not connected any more. */
  readonly disconnected?: boolean;
}

export interface WaitingRunner {
  readonly name: string;
  readonly state: string;
  /** Why it is in this state, in its own service's words; empty while all goes well. */
  readonly stateReason: string;
  readonly trouble: Trouble | null;
  /** When it is next tried, where something keeps it from working and that is known. */
  readonly nextTryAt: Date | null;
  /** The preparation that it is in, with its begin; null where it is in none. */
  readonly readyingBy: Preparation | null;
  readonly readyingSince: Date | null;
}

const coming: readonly string[] = ['STARTING', 'ENROLLING', 'CLEANING'];
const leaving: readonly string[] = ['DRAINING', 'STOPPING'];
const asleep: readonly string[] = ['REQUESTED', 'ASLEEP', 'FAILED'];

type InPool = Waiting & { readonly pool: WaitingPool };
type Rule = (waiting: InPool, now: Date) => Wait | undefined;

/** A wait with nothing to try before it is over. */
const waitFor = (code: WaitingCode, because: string): Wait => ({ code, because, nextTryAt: null });

const notAccepted = (by: 'GitLab' | 'Hetzner', { name, refusedBy }: WaitingPool): Wait | undefined =>
  refusedBy.includes(by)
    ? waitFor('CREDENTIALS_INVALID', `${by} does not accept the credentials for the pool ${name} any more.`)
    : undefined;

/** The rules for a job that has a pool, in their order: the first that applies is what the job waits for. */
const rules: readonly Rule[] = [
  ({ pool }) =>
    pool.disconnected
      ? waitFor('CREDENTIALS_INVALID', `The GitLab of the pool ${pool.name} is disconnected.`)
      : undefined,
  ({ pool }) => (pool.paused ? waitFor('PAUSED', `The pool ${pool.name} is paused.`) : undefined),
  ({ pool }) => notAccepted('GitLab', pool),
  ({ pool, ahead }) =>
    inStates(pool, ['IDLE']).length > ahead
      ? waitFor('STARTING', 'A runner is ready; GitLab is about to hand the job out.')
      : undefined,
  comingRunner,
  ({ pool, ahead }) =>
    inStates(pool, ['BUSY', ...coming, 'IDLE']).length >= pool.size
      ? waitFor('OUTSIDE_SIZE', `${allTaken(pool)}; ${itsTurn(ahead)}.`)
      : undefined,
  ({ pool }) => notAccepted('Hetzner', pool),
  kept,
  ({ pool, ahead }) =>
    ahead >= pool.size - inStates(pool, ['BUSY']).length
      ? waitFor('OUTSIDE_SIZE', `${isFull(pool)}; ${itsTurn(ahead)}.`)
      : undefined,
  ({ pool }) =>
    inStates(pool, asleep).length === 0 && inStates(pool, leaving).length > 0
      ? waitFor('STARTING', 'A runner is being put away before it can start afresh.')
      : undefined,
];

const allTaken = ({ name, size }: WaitingPool): string =>
  size === 1
    ? `The one runner of the pool ${name} is taken`
    : `All ${size} runners of the pool ${name} are taken`;

const isFull = ({ name, size }: WaitingPool): string =>
  `The pool ${name} is full with ${size} ${size === 1 ? 'runner' : 'runners'}`;

const itsTurn = (ahead: number): string => (ahead === 0 ? 'it is the next' : `${ahead} queued before it`);

/** Why a queued job does not run yet. */
export const whyWaiting = (waiting: Waiting, now: Date): Wait => {
  const { pool, covered } = waiting;
  if (!pool) return waitFor('NO_POOL_MATCHES', covered ? missing(waiting) : 'No pool covers its project.');
  for (const rule of rules) {
    const wait = rule({ ...waiting, pool }, now);
    if (wait !== undefined) return wait;
  }
  return waitFor('STARTING', `A runner of the pool ${pool.name} is about to be woken.`);
};

/** Whatever keeps those that sleep from being woken. One without an address yet is on its way like any other. */
function kept({ pool }: InPool, now: Date): Wait | undefined {
  const sleeping = inStates(pool, asleep);
  const wait = troubleOf(pool.name, sleeping.map(troubledBy), now);
  return wait && sleeping.every(isBeingMade) ? { ...wait, code: 'STARTING' } : wait;
}

/** The one among the runners on their way that is left for this job, once those ahead have taken theirs. */
function comingRunner({ pool, ahead }: InPool, now: Date): Wait | undefined {
  const left = ahead - inStates(pool, ['IDLE']).length;
  const arrivals = inStates(pool, coming)
    .map((runner) => expectedAt(runner, pool.measured))
    .sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
  if (left >= arrivals.length) return undefined;
  const at = arrivals[left];
  if (at === undefined) return waitFor('STARTING', 'A runner is starting.');
  const second = `${new Date(at).toISOString().slice(0, 19)}Z`;
  const because =
    at > now.getTime()
      ? `A runner is starting; it is expected to be ready at ${second}.`
      : `A runner is starting; it was expected to be ready at ${second} and is late.`;
  return waitFor('STARTING', because);
}

const isBeingMade = ({ state, stateReason }: WaitingRunner): boolean =>
  stateReason === '' && state === 'REQUESTED';

const troubledBy = (runner: WaitingRunner): Troubled => ({
  trouble: runner.trouble,
  reason: isBeingMade(runner) ? 'its static IP is not leased yet' : runner.stateReason,
  nextTryAt: runner.nextTryAt,
});

/** In milliseconds since 1970, on the next full second; undefined where its begin is not known. */
const expectedAt = (
  { readyingBy, readyingSince }: WaitingRunner,
  measured: readonly TimeToReady[],
): number | undefined =>
  readyingBy && readyingSince
    ? Math.ceil((readyingSince.getTime() + expectedTimeToReady(readyingBy, measured)) / 1000) * 1000
    : undefined;

const inStates = ({ runners }: WaitingPool, states: readonly string[]): WaitingRunner[] =>
  runners.filter(({ state }) => states.includes(state));

const missing = ({ tags, unprotected, nearest }: Waiting): string => {
  if (unprotected) {
    return unprotected.refProtected === null
      ? `GitLab is being asked whether its ref ${unprotected.ref} is protected.`
      : `Its ref ${unprotected.ref} is not protected, and the pools that match it take protected refs only.`;
  }
  if (tags.length === 0) return 'No pool for its project takes jobs without tags.';
  const all = tags.length === 1 ? 'the tag' : 'all of the tags';
  const none = `No pool for its project has ${all} ${tags.join(', ')}.`;
  return nearest ? `${none} The nearest is ${nearest.name}, which lacks ${nearest.lacks.join(', ')}.` : none;
};
