import type { Clock } from '@cleanroom/kernel';
import { ApiError } from './api-error.js';

interface Bucket {
  remaining: number;
  at: number;
}

const HOUR = 3_600_000;

/** Hetzner's rate limit: a bucket per project, refilled evenly over the hour of the virtual clock; bursts are fine. */
export class RateLimit {
  private readonly buckets = new Map<string, Bucket>();

  /** @param perHour asked anew each time, because the admin API may change it */
  constructor(
    private readonly clock: Clock,
    private readonly perHour: () => number,
  ) {}

  /** Takes one request from a project's bucket. Throws 429 where it is empty. */
  take(project: string): void {
    const bucket = this.bucket(project);
    if (bucket.remaining < 1) {
      throw new ApiError(429, 'rate_limit_exceeded', `limit of ${this.perHour()} requests per hour reached`);
    }
    bucket.remaining -= 1;
  }

  /** What every answer tells: the reset is when the bucket will be full again. */
  headers(project: string): Record<string, string> {
    const { remaining } = this.bucket(project);
    const limit = this.perHour();
    const full = this.now() + ((limit - remaining) * HOUR) / limit;
    return {
      'ratelimit-limit': String(limit),
      'ratelimit-remaining': String(Math.floor(remaining)),
      'ratelimit-reset': String(Math.ceil(full / 1000)),
    };
  }

  private bucket(project: string): Bucket {
    const limit = this.perHour();
    const now = this.now();
    const known = this.buckets.get(project) ?? { remaining: limit, at: now };
    const bucket = {
      remaining: Math.min(limit, known.remaining + ((now - known.at) * limit) / HOUR),
      at: now,
    };
    this.buckets.set(project, bucket);
    return bucket;
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
