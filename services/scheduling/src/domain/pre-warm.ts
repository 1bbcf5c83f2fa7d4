import { transitionsWithin, type ScheduleTransition } from './next-transitions.js';
import { localTime, warmAt, type ScheduleRules, type Warmth } from './schedule.js';

const WEEK = 7 * 86_400_000;

/** What to keep warm now, and when to look again. */
export interface Outlook extends Warmth {
  /** Up to this instant, and not at it, the same is kept warm. In a week at most, so that nobody searches far. */
  readonly next: Date;
}

/**
 * What to keep warm now so that it is ready when the schedule wants it: as many as the schedule wants at any instant
 * from now until `lead` from now. A number that is about to fall falls when the schedule says so, not before.
 *
 * @param lead how long a runner takes from its order until it is IDLE, in milliseconds
 */
export const warmAhead = (rules: ScheduleRules, now: Date, lead: number): Outlook => {
  const present = warmAt(rules, now);
  const after = now.getTime();
  const coming = transitionsWithin(rules, { after, until: after + WEEK, warm: present.warm });
  const soon = coming.filter(({ at }) => at.getTime() <= after + lead);
  const most = Math.max(present.warm, ...soon.map(({ warm }) => warm));
  const cause = most > present.warm ? soon.find(({ warm }) => warm === most) : undefined;
  const because = cause ? `pre-warming for ${nameOf(rules, cause)}` : present.because;
  return { warm: most, because, next: nextLook(coming, after, lead) };
};

/** A begin counts as early as its lead, an end when it comes. */
const nextLook = (coming: readonly ScheduleTransition[], after: number, lead: number): Date => {
  const moments = coming.flatMap(({ at }) => [at.getTime() - lead, at.getTime()]);
  return new Date(Math.min(after + WEEK - lead, ...moments.filter((at) => at > after)));
};

const nameOf = ({ timeZone }: ScheduleRules, { at, because }: ScheduleTransition): string => {
  const time = localTime(timeZone, at.getTime());
  const override = /^override: (.*)$/s.exec(because)?.[1];
  return override === undefined ? `the window at ${time}` : `the override at ${time}: ${override}`;
};
