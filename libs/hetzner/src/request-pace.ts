import type { Clock } from '@cleanroom/kernel';

/** What the pace says about a request that is about to be sent. */
export type Permission = { readonly granted: true } | { readonly granted: false; readonly retryAt: Date };

interface Allowance {
  readonly remaining: number;
  /** Requests regained per millisecond of the clock. */
  readonly refill: number;
  readonly limit: number;
  readonly at: number;
}

/** Share of the limit that only deletions may use: what costs money must always be removable. */
const RESERVE = 0.05;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Keeps one project's requests within Hetzner's rate limit, as its answers tell it. Requests in flight count as
 * spent. After a 429 nothing is sent before the instant that Hetzner named.
 */
export class RequestPace {
  private allowance: Allowance | undefined;
  private closedUntil = 0;
  private pause = FIRST_PAUSE_MS;

  constructor(private readonly clock: Clock) {}

  /** Asks to send one request; where granted it is counted at once. */
  ask(isDeletion: boolean): Permission {
    const now = this.now();
    if (now < this.closedUntil) return { granted: false, retryAt: new Date(this.closedUntil) };
    if (!this.allowance) return { granted: true };
    const { limit, refill } = this.allowance;
    const remaining = this.remaining(now);
    const needed = isDeletion ? 1 : Math.ceil(limit * RESERVE) + 1;
    if (remaining < needed)
      return { granted: false, retryAt: new Date(now + Math.ceil((needed - remaining) / refill)) };
    this.allowance = { ...this.allowance, remaining: remaining - 1, at: now };
    return { granted: true };
  }

  /** Learns from the headers of any answer. */
  observe(headers: Headers): void {
    const [limit, remaining] = ['limit', 'remaining'].map((name) => numberOf(headers, name));
    if (limit === undefined || remaining === undefined || limit <= 0) return;
    const now = this.now();
    const untilFull = this.untilReset(headers) ?? 0;
    const missing = limit - remaining;
    // The reset is told in whole seconds, so close to a full allowance it says nothing about the speed of refilling.
    const refill = untilFull > 10_000 && missing > 10 ? missing / untilFull : limit / 3_600_000;
    const known = this.allowance ? this.remaining(now) : remaining;
    this.allowance = { remaining: Math.min(remaining, known + 1), refill, limit, at: now };
  }

  /** Learns that a request was refused with 429. Returns the instant before which nothing is sent. */
  refused(headers: Headers): Date {
    const wait = Math.max(this.untilReset(headers) ?? 0, this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
    this.closedUntil = Math.max(this.closedUntil, this.now() + wait);
    return new Date(this.closedUntil);
  }

  /** Learns that a request was let through. */
  accepted(): void {
    this.pause = FIRST_PAUSE_MS;
  }

  private remaining(now: number): number {
    if (!this.allowance) return Infinity;
    const { remaining, refill, limit, at } = this.allowance;
    return Math.min(limit, remaining + Math.max(0, now - at) * refill);
  }

  /** Counted from Hetzner's own time of the answer, so that a clock of ours that is wrong does no harm. */
  private untilReset(headers: Headers): number | undefined {
    const reset = numberOf(headers, 'reset');
    const sent = Date.parse(headers.get('date') ?? '');
    return reset === undefined ? undefined : reset * 1000 - (Number.isNaN(sent) ? this.now() : sent);
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

function numberOf(headers: Headers, name: string): number | undefined {
  const text = headers.get(`ratelimit-${name}`);
  const value = text === null || text === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
