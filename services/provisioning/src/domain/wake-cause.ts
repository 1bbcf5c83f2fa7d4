import type { Pool } from './pool.js';
import { isPinned, type Runner } from './runner.js';

/** Why a runner is to be awake, and who says so. */
export type Wish = Pick<Runner, 'wantedBecause' | 'wantedBy'>;

const USER = 'user: ';
const SYSTEM = 'provisioning';

/** Somebody asks for it by hand: for the wake that follows, or where it is awake, for it to stay so. */
export const askedByHand = (actor: string, until: Date, isAwake: boolean): Wish =>
  isAwake ? keptAwake(actor, until) : { wantedBecause: `woken by ${actor}`, wantedBy: `${USER}${actor}` };

/** Further wakes until then are no longer that person's doing. */
const keptAwake = (actor: string, until: Date): Wish => ({
  wantedBecause: `it is kept awake until ${until.toISOString()}, as asked by ${actor}`,
  wantedBy: SYSTEM,
});

export interface WakeCause {
  /** What the timeline says, and whose doing that is. */
  readonly message: string;
  readonly actor: string;
  /** What is true of the runner from this wake on. */
  readonly patch: Wish & Pick<Runner, 'stateReason'>;
}

/** Why a sleeping runner is woken now. What a person asked for causes one wake; a pin that is over causes none. */
export function wakeCause(
  runner: Wish & Pick<Runner, 'pinnedUntil'>,
  pool: Pick<Pool, 'wantedBecause'>,
  now: Date,
): WakeCause {
  const { pinnedUntil, wantedBy } = runner;
  const isByHand = wantedBy !== 'scheduling';
  const wish =
    isByHand && !isPinned(runner, now)
      ? { wantedBecause: pool.wantedBecause, wantedBy: 'scheduling' }
      : { wantedBecause: runner.wantedBecause, wantedBy };
  const because = wish.wantedBecause ?? 'it is wanted';
  if (pinnedUntil && wish.wantedBy.startsWith(USER)) {
    const next = keptAwake(wantedBy.slice(USER.length), pinnedUntil);
    return { message: because, actor: wantedBy, patch: { stateReason: because, ...next } };
  }
  // A person goes by name; the schedule and the queue go by their reason.
  const actor = wish.wantedBy === 'scheduling' ? `scheduling: ${because}` : wish.wantedBy;
  return { message: `woken: ${because}`, actor, patch: { stateReason: because, ...wish } };
}
