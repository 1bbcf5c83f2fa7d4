import { fileURLToPath } from 'node:url';
import type { DynamicModule, FactoryProvider } from '@nestjs/common';
import type { Clock, Log } from '@cleanroom/kernel';
import type { Database } from '@cleanroom/persistence';
import { sealer } from '@cleanroom/secrets';
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
import { SignInLimit } from './actions/sign-in-limit.js';
import { CallersController } from './adapters/callers/callers.controller.js';
import { onAudit } from './adapters/events/on-audit.consumer.js';
import { onBudget } from './adapters/events/on-budget.consumer.js';
import { onMachine } from './adapters/events/on-machine.consumer.js';
import { onPool } from './adapters/events/on-pool.consumer.js';
import { onRunner } from './adapters/events/on-runner.consumer.js';
import { onStaticIpSpend } from './adapters/events/on-static-ip-spend.consumer.js';
import { AccountResolver } from './adapters/graphql/account.resolver.js';
import { ApiTokenResolver } from './adapters/graphql/api-token.resolver.js';
import { ConnectionMutationsResolver } from './adapters/graphql/connection-mutations.resolver.js';
import { GitLabConnectionResolver } from './adapters/graphql/gitlab-connection.resolver.js';
import { HetznerProjectResolver } from './adapters/graphql/hetzner-project.resolver.js';
import { OrganizationResolver } from './adapters/graphql/organization.resolver.js';
import { RunnerIdentityResolver } from './adapters/graphql/runner-identity.resolver.js';
import { identityPorts } from './adapters/identity-ports.js';
import { IDENTITY_PORTS, ISSUER } from './adapters/injection.js';
import { EnrolmentController } from './adapters/machine/enrolment.controller.js';
import { OidcController } from './adapters/oidc/oidc.controller.js';
import { SigningKeys } from './adapters/oidc/signing-keys.js';
import { WorkloadTokenController } from './adapters/oidc/workload-token.controller.js';
import { brakedSql } from './adapters/postgres/braked-sql.js';
import { migrations } from './adapters/postgres/migrations/index.js';
import { CallerDirectory } from './adapters/postgres/caller-directory.js';
import { SessionController } from './adapters/sessions/session.controller.js';
import type { IdentityConfig } from './config.js';
import { loops } from './loops/loops.js';
import type { IdentityPorts } from './ports.js';

const sdl = fileURLToPath(new URL('./adapters/graphql/*.graphql', import.meta.url));

class IdentityModule {}

/** The identity service: organisations, credentials, static IPs, enrolment, and the tokens of workloads. */
export const identityModule = (config: IdentityConfig): DynamicModule => ({
  module: IdentityModule,
  imports: [
    ServiceKitModule.forRoot({ name: 'identity', config, migrations }),
    subgraphModule({ typePaths: [sdl] }),
  ],
  controllers: [
    CallersController,
    SessionController,
    EnrolmentController,
    OidcController,
    WorkloadTokenController,
  ],
  providers: [
    ports(config),
    directory,
    signingKeys(config),
    { provide: SignInLimit, useFactory: () => new SignInLimit({ now: () => performance.now() }) },
    { provide: ISSUER, useValue: `${config.CLEANROOM_PUBLIC_ORIGIN}/oidc` },
    consumers,
    work,
    ServiceKitModule.running('identity'),
    AccountResolver,
    ApiTokenResolver,
    OrganizationResolver,
    HetznerProjectResolver,
    GitLabConnectionResolver,
    ConnectionMutationsResolver,
    RunnerIdentityResolver,
  ],
});

const ports = (config: IdentityConfig): FactoryProvider => ({
  provide: IDENTITY_PORTS,
  inject: [DATABASE, CLOCK, LOG],
  useFactory: (database: Database, clock: Clock, log: Log) => identityPorts({ config, database, clock, log }),
});

const directory: FactoryProvider = {
  provide: CallerDirectory,
  inject: [DATABASE, CLOCK],
  useFactory: (database: Database, clock: Clock) => new CallerDirectory(database, clock),
};

const signingKeys = (config: IdentityConfig): FactoryProvider => ({
  provide: SigningKeys,
  inject: [DATABASE, CLOCK, LOG],
  useFactory: (database: Database, clock: Clock, log: Log) =>
    new SigningKeys(database, sealer(config.CLEANROOM_MASTER_KEY), clock, log),
});

const consumers: FactoryProvider = {
  provide: CONSUMERS,
  inject: [CLOCK],
  useFactory: (clock: Clock) => [
    onPool(),
    onRunner(clock),
    onMachine(),
    onBudget(clock),
    onStaticIpSpend(clock),
    ...onAudit(),
  ],
};

const work: FactoryProvider = {
  provide: LEASED_WORK,
  inject: [IDENTITY_PORTS, DATABASE, CLOCK, METRICS, CONFIG],
  useFactory: (
    ports: IdentityPorts,
    db: Database,
    clock: Clock,
    metrics: Metrics,
    config: IdentityConfig,
  ) => {
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
