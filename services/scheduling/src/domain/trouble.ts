import type { Wait } from './wait.js';

/** What keeps a runner from being woken, where that has a name. */
export type Trouble = 'ADDRESS_BUDGET' | 'BUDGET' | 'CREDENTIALS' | 'LIMIT' | 'SOLD_OUT' | 'UNPREPARED';

/** What keeps one runner asleep. */
export interface Troubled {
  readonly trouble: Trouble | null;
  /** In words for people; empty where nothing does. */
  readonly reason: string;
  /** When it is next tried, where that is known. */
  readonly nextTryAt: Date | null;
}

interface Kind {
  /** Null: any that has no name. */
  readonly trouble: Trouble | null;
  /** Whether it holds for every runner of the pool, not only for those that have run into it. */
  readonly forAll: boolean;
  /** Null where the published ones have no name for it. */
  readonly code: Wait['code'];
  readonly say: (reasons: string, pool: string) => string;
}

const notOrdered: Kind['say'] = (reasons, pool) =>
  `No machine can be ordered for the pool ${pool}: ${reasons}.`;

/** The gravest first. */
const kinds: readonly Kind[] = [
  {
    trouble: 'BUDGET',
    forAll: true,
    code: 'BUDGET_EXHAUSTED',
    say: (reasons, pool) =>
      `The budget for the pool ${pool} is exhausted, so no machine is ordered: ${reasons}.`,
  },
  { trouble: 'CREDENTIALS', forAll: true, code: 'CREDENTIALS_INVALID', say: notOrdered },
  { trouble: 'LIMIT', forAll: true, code: null, say: notOrdered },
  { trouble: 'UNPREPARED', forAll: true, code: null, say: notOrdered },
  {
    // Runners that have their static IPs are woken all the same, for as long as there is room for their hours.
    trouble: 'ADDRESS_BUDGET',
    forAll: false,
    code: 'BUDGET_EXHAUSTED',
    say: (reasons, pool) =>
      `The budget for the pool ${pool} is exhausted, so no static IP is ordered: ${reasons}.`,
  },
  {
    trouble: 'SOLD_OUT',
    forAll: false,
    code: 'SOLD_OUT',
    say: (reasons, pool) => `Hetzner has no machine for the pool ${pool} now: ${reasons}.`,
  },
  {
    trouble: null,
    forAll: false,
    code: null,
    say: (reasons, pool) => `No runner of the pool ${pool} can be woken: ${reasons}.`,
  },
];

/**
 * What keeps a pool's sleeping runners from being woken. Trouble of one place, such as a location that is sold out, counts
 * only where every sleeping runner has some: otherwise another is woken.
 *
 * @param asleep one for each runner that sleeps
 */
export const troubleOf = (pool: string, asleep: readonly Troubled[], now: Date): Wait | undefined => {
  const troubled = asleep.filter(({ reason }) => reason !== '');
  const isStuck = asleep.length > 0 && troubled.length === asleep.length;
  const isOf =
    (kind: Kind) =>
    ({ trouble }: Troubled): boolean =>
      trouble === kind.trouble;
  const kind = kinds.find((one) => (one.forAll || isStuck) && troubled.some(isOf(one)));
  if (!kind) return undefined;
  const told = troubled.filter(isOf(kind));
  const reasons = new Set(told.map(({ reason }) => reason));
  const because = kind.say([...reasons].sort().join('; '), pool);
  return { code: kind.code, because, nextTryAt: firstTry(isStuck && !kind.forAll ? troubled : told, now) };
};

/** Whoever of them is tried first may take the job. */
function firstTry(troubled: readonly Troubled[], now: Date): Date | null {
  const times = troubled
    .flatMap(({ nextTryAt }) => nextTryAt?.getTime() ?? [])
    .filter((at) => at > now.getTime());
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}
