/** What is known of a pool when its capacity is decided. */
export interface Situation {
  /** How many runners the pool has. */
  readonly size: number;
  /** Runners that run a job now. */
  readonly busy: number;
  /** What the schedule keeps awake beside the busy ones. */
  readonly warm: number;
  /** Why the schedule says so, such as "working hours". */
  readonly warmBecause: string;
  /** Jobs that wait for a runner of this pool. */
  readonly queued: number;
  /** A pool that is paused, on its way out, or without a GitLab wakes nobody; what runs may finish. */
  readonly closed?: 'paused' | 'disconnected' | 'deleting' | 'deleted';
}

/** How many runners a pool keeps awake, and the sentence that says why. */
export interface Wanted {
  readonly wanted: number;
  readonly because: string;
}

/** The rule of capacity: `min(size, busy + max(warm, queued))`. */
export const wantedNow = (situation: Situation): Wanted => {
  const { size, busy, warm, queued, closed } = situation;
  if (closed) return { wanted: Math.min(size, busy), because: closedBecause[closed] };
  const need = busy + Math.max(warm, queued);
  const because = reason(situation);
  if (need <= size) return { wanted: need, because };
  return { wanted: size, because: `${because}; the pool has ${count(size, 'runner')}` };
};

const closedBecause = {
  paused: 'the pool is paused',
  disconnected: 'its GitLab is disconnected',
  deleting: 'the pool is being deleted',
  deleted: 'the pool is deleted',
} as const;

function reason({ busy, warm, queued, warmBecause }: Situation): string {
  const parts: string[] = [];
  if (queued > 0) parts.push(`${count(queued, 'job')} queued`);
  if (warm > queued) parts.push(`${warm} kept warm (${warmBecause})`);
  if (busy > 0) parts.push(`${busy} busy`);
  return parts.length > 0 ? parts.join(', ') : `no job queued, ${warmBecause}`;
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
