/** What a queued job waits for, in a form for programs. */
export type WaitingCode =
  | 'NO_POOL_MATCHES'
  | 'OUTSIDE_SIZE'
  | 'BUDGET_EXHAUSTED'
  | 'SOLD_OUT'
  | 'CREDENTIALS_INVALID'
  | 'PAUSED'
  | 'STARTING';

/** What a queued job waits for. */
export interface Wait {
  /** Null where none of the codes says it. */
  readonly code: WaitingCode | null;
  /** One sentence for people. */
  readonly because: string;
  /** When what keeps it waiting is next tried; null where nothing is to be tried, or nobody knows when. */
  readonly nextTryAt: Date | null;
}
