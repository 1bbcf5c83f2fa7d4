import { fileURLToPath } from 'node:url';
import {
  CLOCK,
  CONSUMERS,
  DATABASE,
  LEASED_WORK,
  leasedLoops,
  LOG,
  ServiceKitModule,
  subgraphModule,
} from '@cleanroom/service-kit';
import type { Clock, Log } from '@cleanroom/kernel';
import type { Database } from '@cleanroom/persistence';
import { Module, type DynamicModule } from '@nestjs/common';
import { onGitLabConnectionChanged } from './adapters/events/on-gitlab-connection-changed.consumer.js';
import { onHetznerProjectChanged } from './adapters/events/on-hetzner-project-changed.consumer.js';
import { onPoolChanged } from './adapters/events/on-pool-changed.consumer.js';
import { onRunnerChanged } from './adapters/events/on-runner-changed.consumer.js';
import { JobsResolver } from './adapters/graphql/jobs.resolver.js';
import { PoolsResolver } from './adapters/graphql/pools.resolver.js';
import { RunnersResolver } from './adapters/graphql/runners.resolver.js';
import { ScheduleMutationsResolver } from './adapters/graphql/schedule-mutations.resolver.js';
import { SchedulesResolver } from './adapters/graphql/schedules.resolver.js';
import { portsOf } from './adapters/ports.factory.js';
import { migrations } from './adapters/postgres/migrations/index.js';
import { tables } from './adapters/postgres/tables.js';
import { SCHEDULING_PORTS } from './adapters/scheduling-ports.js';
import { GitLabWebhookController } from './adapters/webhooks/gitlab-webhook.controller.js';
import type { SchedulingConfig } from './config.js';
import { loops } from './loops/loops.js';
import type { Ports } from './ports.js';

const resolvers = [
  SchedulesResolver,
  ScheduleMutationsResolver,
  JobsResolver,
  PoolsResolver,
  RunnersResolver,
];

/** What scheduling is made of. */
@Module({})
export class SchedulingModule {
  static with(config: SchedulingConfig): DynamicModule {
    const graphql = fileURLToPath(new URL('./adapters/graphql', import.meta.url));
    return {
      module: SchedulingModule,
      imports: [
        ServiceKitModule.forRoot({ name: 'scheduling', config, migrations, entities: tables }),
        subgraphModule({ typePaths: [`${graphql}/*.graphql`] }),
      ],
      controllers: [GitLabWebhookController],
      providers: [
        {
          provide: SCHEDULING_PORTS,
          useFactory: (db: Database, clock: Clock, log: Log) => portsOf(config, db, clock, log),
          inject: [DATABASE, CLOCK, LOG],
        },
        {
          provide: CONSUMERS,
          useFactory: ({ clock, vault }: Ports) => [
            onPoolChanged(clock),
            onRunnerChanged(clock),
            onGitLabConnectionChanged(clock, vault),
            onHetznerProjectChanged,
          ],
          inject: [SCHEDULING_PORTS],
        },
        {
          provide: LEASED_WORK,
          useFactory: (db: Database, ports: Ports) =>
            leasedLoops(loops, { ports, db, clock: ports.clock, log: ports.log }),
          inject: [DATABASE, SCHEDULING_PORTS],
        },
        ServiceKitModule.running('scheduling'),
        ...resolvers,
      ],
    };
  }
}
