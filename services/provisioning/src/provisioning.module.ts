import { fileURLToPath } from 'node:url';
import type { DynamicModule, FactoryProvider } from '@nestjs/common';
import type { Clock, Log } from '@cleanroom/kernel';
import type { Database } from '@cleanroom/persistence';
import {
  CLOCK,
  CONFIG,
  CONSUMERS,
  DATABASE,
  LEASED_WORK,
  leasedLoops,
  LOG,
  METRICS,
  ServiceKitModule,
  subgraphModule,
  type Metrics,
} from '@cleanroom/service-kit';
import { consumersOf } from './adapters/events/consumers.js';
import { PoolMutationsResolver } from './adapters/graphql/pool-mutations.resolver.js';
import { PoolResolver } from './adapters/graphql/pool.resolver.js';
import { RunnerChangesResolver } from './adapters/graphql/runner-changes.resolver.js';
import { RunnerResolver } from './adapters/graphql/runner.resolver.js';
import { MachineController } from './adapters/machine/machine.controller.js';
import { OriginWatch } from './adapters/machine/origin-watch.js';
import { Providers } from './adapters/provider-access.js';
import {
  PROVIDERS,
  PROVISIONING_PORTS,
  provisioningPorts,
  WORKING_SINCE,
  workingFrom,
} from './adapters/provisioning-ports.js';
import { brakedSql } from './adapters/postgres/braked-sql.js';
import { migrations } from './adapters/postgres/migrations/index.js';
import { watchRunners } from './adapters/watch-runners.js';
import { watchTimeToReady } from './adapters/watch-time-to-ready.js';
import type { ProvisioningConfig } from './config.js';
import { loops } from './loops/loops.js';
import { checkTransitionTable } from './domain/transitions.js';
import type { ProvisioningPorts } from './ports.js';

const sdl = fileURLToPath(new URL('./adapters/graphql/*.graphql', import.meta.url));

class ProvisioningModule {}

/** The provisioning service: pools, runners, machines, and the next step of each. */
export function provisioningModule(config: ProvisioningConfig): DynamicModule {
  checkTransitionTable();
  return {
    module: ProvisioningModule,
    imports: [
      ServiceKitModule.forRoot({ name: 'provisioning', config, migrations }),
      subgraphModule({ typePaths: [sdl] }),
    ],
    controllers: [MachineController],
    providers: [
      providers(config),
      workingSince,
      originWatch(config),
      ports(config),
      consumers,
      work,
      ServiceKitModule.running('provisioning'),
      PoolResolver,
      PoolMutationsResolver,
      RunnerResolver,
      RunnerChangesResolver,
    ],
  };
}

const providers = (config: ProvisioningConfig): FactoryProvider => ({
  provide: PROVIDERS,
  inject: [DATABASE, CLOCK],
  useFactory: (database: Database, clock: Clock) => new Providers(config, database, clock),
});

const workingSince: FactoryProvider = { provide: WORKING_SINCE, inject: [CLOCK], useFactory: workingFrom };

const originWatch = (config: ProvisioningConfig): FactoryProvider => ({
  provide: OriginWatch,
  inject: [WORKING_SINCE, CLOCK, LOG, METRICS],
  useFactory: (since: Date, clock: Clock, log: Log, metrics: Metrics) =>
    new OriginWatch({
      origin: { url: config.CLEANROOM_PUBLIC_ORIGIN, pin: config.CLEANROOM_ORIGIN_PIN },
      ...{ since, clock, log, metrics },
    }),
});

const ports = (config: ProvisioningConfig): FactoryProvider => ({
  provide: PROVISIONING_PORTS,
  inject: [DATABASE, PROVIDERS, CLOCK, LOG, WORKING_SINCE, OriginWatch],
  useFactory: (
    database: Database,
    access: Providers,
    clock: Clock,
    log: Log,
    since: Date,
    { hearingSince }: OriginWatch,
  ) =>
    provisioningPorts({
      ...{ config, database, clock, log, hearingSince },
      ...{ providers: access, workingSince: since },
    }),
});

const consumers: FactoryProvider = {
  provide: CONSUMERS,
  inject: [CLOCK],
  useFactory: consumersOf,
};

const work: FactoryProvider = {
  provide: LEASED_WORK,
  inject: [PROVISIONING_PORTS, DATABASE, CLOCK, METRICS, CONFIG],
  useFactory: (
    ports: ProvisioningPorts,
    db: Database,
    clock: Clock,
    metrics: Metrics,
    config: ProvisioningConfig,
  ) => {
    watchRunners(metrics, db);
    watchTimeToReady(metrics, db, clock);
    metrics.watchBrakes(db, brakedSql);
    return leasedLoops(loops, {
      ports,
      db,
      clock,
      log: ports.log,
      leaseSeconds: config.CLEANROOM_LEASE_SECONDS,
    });
  },
};
