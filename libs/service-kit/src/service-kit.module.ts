import {
  Global,
  Module,
  type DynamicModule,
  type FactoryProvider,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { ServiceName } from '@cleanroom/contracts';
import type { Log } from '@cleanroom/kernel';
import { Messaging, openBus, type Consumer, type EventBus, type Handled } from '@cleanroom/messaging';
import { openDatabase, type Database, type LeasedWork, type MigrationClass } from '@cleanroom/persistence';
import type { EntitySchema } from 'typeorm';
import type { BaseConfig } from './base-config.js';
import { clockFrom } from './clock-from.js';
import { BUS, CLOCK, CONFIG, DATABASE, LOG, METRICS } from './injection-tokens.js';
import { withLogFields } from './log-fields.js';
import { createLogger } from './logger.js';
import { Metrics } from './metrics.js';
import { refuseOldSchema } from './schema-too-old.js';
import { watchHetznerCalls } from './watch-hetzner-calls.js';

export interface ServiceKitOptions {
  name: ServiceName;
  config: BaseConfig;
  /** Without them the service does not start. */
  migrations: readonly MigrationClass[];
  /** Tables that are read through TypeORM's repositories. */
  entities?: EntitySchema[];
}

/** Symbols under which a service's module provides its consumers and its leased work; the kit runs both. */
export const CONSUMERS = Symbol('Consumers');
export const LEASED_WORK = Symbol('LeasedWork');
export const RUNNING = Symbol('Running');

/** Runs a service's messaging and leased work for as long as the application lives. */
export class Running implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly messaging: Messaging,
    private readonly work: readonly LeasedWork[],
    private readonly bus: EventBus,
    private readonly database: Database,
    private readonly metrics: Metrics,
  ) {}

  /** Whether messages flow. */
  healthy(): boolean {
    return this.messaging.healthy();
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.messaging.start();
    for (const work of this.work) this.#start(work);
  }

  /** What is in hand is finished before the connections close. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.messaging.stop(), ...this.work.map((work) => work.stop())]);
    await this.bus.close();
    await this.database.close();
  }

  /** What fails is counted here, for no service to forget; from none on, or else the first failure would be no increase. */
  #start(work: LeasedWork): void {
    const { table } = work;
    this.metrics.stepFailures.inc({ table }, 0);
    work.start(() => this.metrics.stepFailures.inc({ table }));
  }
}

/** Provides clock, log, database, bus and configuration to the whole of a service. */
@Global()
@Module({})
export class ServiceKitModule {
  static forRoot({ name, config, migrations, entities = [] }: ServiceKitOptions): DynamicModule {
    const database = {
      provide: DATABASE,
      useFactory: async () => {
        const opened = await openDatabase({
          url: config.CLEANROOM_DATABASE_URL,
          workerUrl: config.CLEANROOM_DATABASE_WORKER_URL,
          entities,
          applicationName: name,
        });
        await refuseOldSchema(name, opened, migrations).catch(async (error: unknown) => {
          await opened.close();
          throw error;
        });
        return opened;
      },
    };
    const providers = [
      { provide: CONFIG, useValue: config },
      { provide: CLOCK, useValue: clockFrom(config) },
      { provide: LOG, useValue: createLogger(name, config.CLEANROOM_LOG_LEVEL) },
      { provide: METRICS, useFactory: () => new Metrics(name) },
      database,
      {
        provide: BUS,
        inject: [LOG],
        useFactory: (log: Log) =>
          openBus(config.CLEANROOM_BUS_URL, { clientId: name, log, unruly: config.CLEANROOM_UNRULY_BUS }),
      },
    ];
    return { module: ServiceKitModule, providers, exports: providers.map(({ provide }) => provide) };
  }

  /** A provider of a service's module: runs what it provides under {@link CONSUMERS} and {@link LEASED_WORK}. */
  static running(name: ServiceName): FactoryProvider<Running> {
    return {
      provide: RUNNING,
      inject: [DATABASE, BUS, CLOCK, LOG, METRICS, CONSUMERS, LEASED_WORK],
      useFactory: (db, bus, clock, log, metrics: Metrics, consumers: Consumer[], work: LeasedWork[]) => {
        const onHandled = ({ topic, outcome, seconds }: Handled) =>
          metrics.eventSeconds.observe({ topic, outcome }, seconds);
        metrics.watchOutbox(db);
        watchHetznerCalls(metrics);
        const read = consumers.map(({ topic }) => topic.name);
        metrics.watchDeadLetters(db, read);
        metrics.watchLag(bus.operator, name, read);
        const told = consumers.map(withOrganizationInLogs);
        const messaging = new Messaging({ service: name, db, bus, consumers: told, clock, log, onHandled });
        metrics.watchBus(messaging);
        return new Running(messaging, work, bus, db, metrics);
      },
    };
  }
}

/** What a consumer logs says whose event it handles. */
const withOrganizationInLogs = (consumer: Consumer): Consumer => ({
  ...consumer,
  handle: (tx, event) =>
    withLogFields({ organization: event.organizationId }, () => consumer.handle(tx, event)),
});
