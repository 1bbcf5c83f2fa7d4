import { seeded, type Random } from './random.js';

/** A runner as the console asks for it. */
export interface FakeRunner {
  readonly id: string;
  readonly name: string;
  readonly state: FakeState;
  readonly stateSince: string;
  readonly stateReason: string | null;
  readonly retryAt: null;
  readonly pool: { readonly id: string };
}

/** What follows on a state, the likelier the more often it is named. */
const NEXT = {
  ASLEEP: ['STARTING'],
  STARTING: ['ENROLLING', 'ENROLLING', 'ENROLLING', 'FAILED'],
  ENROLLING: ['IDLE'],
  IDLE: ['BUSY'],
  BUSY: ['CLEANING'],
  CLEANING: ['IDLE', 'IDLE', 'DRAINING'],
  DRAINING: ['STOPPING'],
  STOPPING: ['ASLEEP'],
  FAILED: ['STOPPING'],
} as const;

export type FakeState = keyof typeof NEXT;

/** As many as a pool can have. */
const POOL_SIZE = 500;
const DIGITS = 3;

/** Runners that live through all their states, one change after the other; nobody works behind them. */
export class FakeFleet {
  readonly #runners: FakeRunner[];
  readonly #random: Random = seeded(14);

  constructor(size: number) {
    const stateSince = new Date().toISOString();
    this.#runners = Array.from({ length: size }, (_, index) => {
      const pool = poolName(Math.floor(index / POOL_SIZE));
      return {
        id: `run_${index}`,
        name: `${pool}-${String((index % POOL_SIZE) + 1).padStart(DIGITS, '0')}`,
        state: 'ASLEEP',
        ...{ stateSince, stateReason: null, retryAt: null },
        pool: { id: `pool_${pool}` },
      };
    });
  }

  get size(): number {
    return this.#runners.length;
  }

  page(from: number, length: number): readonly FakeRunner[] {
    return this.#runners.slice(from, from + length);
  }

  /** Lets one of them change. */
  change(): FakeRunner {
    const index = this.#choose(this.#runners.length);
    const runner = this.#runners[index]!;
    const following = NEXT[runner.state];
    const state = following[this.#choose(following.length)]!;
    const changed: FakeRunner = {
      ...runner,
      state,
      stateSince: new Date().toISOString(),
      stateReason: state === 'FAILED' ? 'Not enrolled within 5 minutes.' : null,
    };
    this.#runners[index] = changed;
    return changed;
  }

  /** How many are in each state; a state that none is in is left out. */
  counts(runners: readonly FakeRunner[] = this.#runners): ReadonlyMap<FakeState, number> {
    const counts = new Map<FakeState, number>();
    for (const { state } of runners) counts.set(state, (counts.get(state) ?? 0) + 1);
    return counts;
  }

  /** Every pool as the console asks for it. */
  pools(): readonly object[] {
    return Array.from({ length: Math.ceil(this.size / POOL_SIZE) }, (_, index) => {
      const its = this.page(index * POOL_SIZE, POOL_SIZE);
      return {
        ...{ id: `pool_${poolName(index)}`, name: poolName(index), size: its.length },
        ...{ serverTypes: ['cx23'], locations: ['fsn1'], paused: false, deleting: false },
        stateCounts: [...this.counts(its)].map(([state, count]) => ({ state, count })),
        capacity: { wanted: its.length, queued: 0, because: 'as many jobs as runners' },
        cost: { total: { amount: '12.340000', currency: 'EUR' } },
      };
    });
  }

  #choose(count: number): number {
    return Math.floor(this.#random() * count);
  }
}

const poolName = (index: number): string => `team-${String(index + 1).padStart(2, '0')}`;
