import type { Log } from '@cleanroom/kernel';
import { EmbeddedBus } from './embedded/embedded-bus.js';
import type { EventBus } from './event-bus.js';
import { KafkaBus } from './kafka/kafka-bus.js';
import { UnrulyBus } from './unruly-bus.js';

export interface BusOptions {
  /** Who speaks; shows in `pg_stat_activity`, or in the broker's logs. By convention the service's name. */
  readonly clientId: string;
  /** Told when the bus had to mend itself. */
  readonly log?: Log;
  /** Tests only: messages overtake each other and come twice, under this seed. */
  readonly unruly?: number;
}

/**
 * Connects to the bus that the address names: `postgres://` is the embedded one, whose tables are made where they are
 * missing; `kafka://` is a cluster, see `parseKafkaAddress`.
 *
 * @throws RangeError when no adapter knows the address
 */
export async function openBus(url: string, options: BusOptions): Promise<EventBus> {
  const bus = await connect(url, options);
  return options.unruly === undefined ? bus : new UnrulyBus(bus, { seed: options.unruly });
}

async function connect(url: string, options: BusOptions): Promise<EventBus> {
  const { protocol } = new URL(url);
  if (protocol === 'kafka:') return new KafkaBus(url, options);
  if (protocol === 'postgres:' || protocol === 'postgresql:') {
    return EmbeddedBus.open(url, { clientId: options.clientId });
  }
  throw new RangeError(
    `there is no bus for ${protocol}//; CLEANROOM_BUS_URL must begin with postgres:// or kafka://`,
  );
}
