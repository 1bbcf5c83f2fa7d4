import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Clock, Log } from '@cleanroom/kernel';
import { repeat, type Metrics } from '@cleanroom/service-kit';
import {
  afterMachine,
  afterMiss,
  afterReaching,
  hearingFrom,
  hearingSince,
  isOutOfReach,
  type Hearing,
} from '../../domain/hearing.js';
import { reachesGateway, type Origin } from './reaches-gateway.js';

export interface OriginWatchOptions {
  readonly origin: Origin;
  /** From when on machines can be heard at the earliest. */
  readonly since: Date;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'watch'>;
}

/** By the product's clock, as the silence is that this bears on; the least of each is real. */
const LOOK_EVERY = { ms: 15_000, leastMs: 1_000 };
/** The gateway itself waits 1.5 seconds for a service that hangs. */
const ANSWER_WITHIN = { ms: 5_000, leastMs: 2_000 };
/** A machine says once a minute that it lives; and four looks, for a clock so fast that those take longer. */
const DEAF_AFTER = { ms: 90_000, leastMs: 4_000 };

/** Tells an outage of ours from the silence of machines: looks for the gateway where machines look for it. */
export class OriginWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  #hearing: Hearing;
  #stop: () => void = () => undefined;

  constructor(private readonly options: OriginWatchOptions) {
    const { since, origin, clock, metrics } = options;
    this.#hearing = hearingFrom(since, this.#realMs(DEAF_AFTER) * clock.factor);
    metrics.watch({
      name: 'cleanroom_origin_unreachable',
      help: 'Whether this process does not reach the gateway at the public origin, by which machines come',
      label: 'origin',
      read: async () => [[origin.url, isOutOfReach(this.#hearing) ? 1 : 0]],
    });
  }

  /** From when on machines could reach us without a break; now, where they cannot. */
  readonly hearingSince = (): Date => hearingSince(this.#hearing, this.options.clock.now());

  /** What a machine said is kept. */
  machineCame(): void {
    this.#hearing = afterMachine(this.#hearing, this.options.clock.now());
  }

  onApplicationBootstrap(): void {
    this.#stop = repeat(this.#realMs(LOOK_EVERY), () => this.#look());
  }

  onApplicationShutdown(): void {
    this.#stop();
  }

  #realMs({ ms, leastMs }: { ms: number; leastMs: number }): number {
    return Math.max(ms / this.options.clock.factor, leastMs);
  }

  async #look(): Promise<void> {
    const { origin, clock, log } = this.options;
    const hasReached = await reachesGateway(origin, this.#realMs(ANSWER_WITHIN));
    const wasOutOfReach = isOutOfReach(this.#hearing);
    this.#hearing = hasReached ? afterReaching(this.#hearing, clock.now()) : afterMiss(this.#hearing);
    if (isOutOfReach(this.#hearing) === wasOutOfReach) return;
    if (hasReached) log.info({ origin: origin.url }, 'the public origin is within reach again');
    else log.warn({ origin: origin.url }, 'the public origin is out of reach');
  }
}
