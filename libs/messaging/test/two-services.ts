import { topics } from '@cleanroom/contracts';
import { silentLog, systemClock } from '@cleanroom/kernel';
import { inOrganization } from '@cleanroom/persistence';
import { serviceDatabase, startTestBus, type ServiceDatabase, type TestBus } from '@cleanroom/testing';
import type { EntityManager } from 'typeorm';
import { appendEvent } from '../src/append-event.js';
import { consumer } from '../src/consumer.js';
import type { EventBus } from '../src/event-bus.js';
import { Messaging, type MessagingOptions } from '../src/messaging.js';
import { messagingMigrations } from '../src/migrations.js';
import { CreateEffect, writeEffect, type Handler } from './write-effect.js';

/** A producer (identity) and a consumer (billing), each with its own database, on one bus. */
export class TwoServices {
  readonly #running: Messaging[] = [];

  private constructor(
    readonly producer: ServiceDatabase,
    readonly consumer: ServiceDatabase,
    readonly testBus: TestBus,
  ) {}

  /** @param makeBus makes the bus between them; the embedded one unless told otherwise */
  static async start(makeBus: () => Promise<TestBus> = startTestBus): Promise<TwoServices> {
    const producer = await serviceDatabase({ name: 'producer', migrations: messagingMigrations });
    const receiver = await serviceDatabase({
      name: 'consumer',
      migrations: [...messagingMigrations, CreateEffect],
    });
    return new TwoServices(producer, receiver, await makeBus());
  }

  /** Appends an event and commits it. */
  append(key: string, version: number, organizationId = 'org_a'): Promise<void> {
    return inOrganization(this.producer, organizationId, (tx) =>
      this.appendIn(tx, key, version, organizationId),
    );
  }

  appendIn(tx: EntityManager, key: string, version: number, organizationId = 'org_a'): Promise<void> {
    return appendEvent(tx, topics.hetznerProject, {
      hetznerProjectId: key,
      organizationId,
      version: BigInt(version),
    });
  }

  async runProducer(
    bus: EventBus = this.testBus.bus,
    options: Pick<MessagingOptions, 'pollMilliseconds'> = {},
  ): Promise<Messaging> {
    return this.#run(
      new Messaging({
        service: 'identity',
        db: this.producer,
        bus,
        consumers: [],
        clock: systemClock,
        log: silentLog,
        ...options,
      }),
    );
  }

  async runConsumer(
    handle: Handler = writeEffect,
    options: Partial<Pick<MessagingOptions, 'bus' | 'retryDelays' | 'mostTimeouts' | 'onHandled'>> = {},
  ): Promise<Messaging> {
    return this.#run(
      new Messaging({
        service: 'billing',
        db: this.consumer,
        bus: this.testBus.bus,
        consumers: [consumer(topics.hetznerProject, handle)],
        clock: systemClock,
        log: silentLog,
        retryDelays: [5, 5, 5, 5, 5],
        ...options,
      }),
    );
  }

  /** What the handler wrote, in order. */
  async effects(key?: string): Promise<number[]> {
    const rows: { version: string }[] = await this.consumer.worker.query(
      'SELECT version FROM effect WHERE $1::text IS NULL OR key = $1 ORDER BY place',
      [key ?? null],
    );
    return rows.map(({ version }) => Number(version));
  }

  async close(): Promise<void> {
    await Promise.all(this.#running.map((messaging) => messaging.stop()));
    await this.testBus.close();
    await Promise.all([this.producer.close(), this.consumer.close()]);
  }

  async #run(messaging: Messaging): Promise<Messaging> {
    this.#running.push(messaging);
    await messaging.start();
    return messaging;
  }
}
