import type { Clock } from '@cleanroom/kernel';

const WINDOW_MS = 60_000;
/** GitLab's name of the limit on API calls that come with a token. */
const NAME = 'throttle_authenticated_api';

export interface RateVerdict {
  readonly allowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** GitLab's limit on a user's API calls: a count that begins anew with each minute of the clock. */
export class RateLimit {
  private readonly seen = new Map<string, { window: number; count: number }>();

  /** @param perMinute null for no limit, as a GitLab of one's own begins */
  constructor(
    private readonly clock: Clock,
    private perMinute: number | null,
  ) {}

  set(perMinute: number | null): void {
    this.perMinute = perMinute;
    this.seen.clear();
  }

  limit(): number | null {
    return this.perMinute;
  }

  /** Counts a call. Without a limit there is nothing to tell, not even in headers. */
  count(caller: string): RateVerdict {
    if (this.perMinute === null) return { allowed: true, headers: {} };
    const now = this.clock.now().getTime();
    const window = Math.floor(now / WINDOW_MS);
    const before = this.seen.get(caller);
    const count = before?.window === window ? before.count + 1 : 1;
    this.seen.set(caller, { window, count });
    const allowed = count <= this.perMinute;
    const resets = (window + 1) * WINDOW_MS;
    const retryAfter = String(Math.ceil((resets - now) / 1000));
    return {
      allowed,
      headers: {
        'ratelimit-limit': String(this.perMinute),
        'ratelimit-name': NAME,
        'ratelimit-observed': String(count),
        'ratelimit-remaining': String(Math.max(0, this.perMinute - count)),
        'ratelimit-reset': String(resets / 1000),
        'ratelimit-resettime': new Date(resets).toUTCString(),
        ...(allowed ? {} : { 'retry-after': retryAfter }),
      },
    };
  }
}
