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
import { onHetznerProject } from './adapters/events/on-hetzner-project.consumer.js';
import { onMachineIdentity } from './adapters/events/on-machine-identity.consumer.js';
import { onMachine } from './adapters/events/on-machine.consumer.js';
import { onPool } from './adapters/events/on-pool.consumer.js';
import { FIREWALL_PORTS, firewallPorts } from './adapters/firewall-ports.js';
import { FirewallPolicyResolver } from './adapters/graphql/firewall-policy.resolver.js';
import { PoolPoliciesResolver } from './adapters/graphql/pool-policies.resolver.js';
import { RunnerFirewallResolver } from './adapters/graphql/runner-firewall.resolver.js';
import { brakedSql } from './adapters/postgres/braked-sql.js';
import { migrations } from './adapters/postgres/migrations/index.js';
import { policyTable } from './adapters/postgres/policy.table.js';
import type { FirewallConfig } from './config.js';
import { loops } from './loops/loops.js';
import type { FirewallPorts } from './ports.js';

const sdl = fileURLToPath(new URL('./adapters/graphql/*.graphql', import.meta.url));

class FirewallModule {}

/** The firewall service: policies, their firewalls at Hetzner, and the verification of every machine. */
export const firewallModule = (config: FirewallConfig): DynamicModule => ({
  module: FirewallModule,
  imports: [
    ServiceKitModule.forRoot({ name: 'firewall', config, migrations, entities: [policyTable] }),
    subgraphModule({ typePaths: [sdl] }),
  ],
  providers: [
    ports(config),
    consumers,
    work,
    ServiceKitModule.running('firewall'),
    FirewallPolicyResolver,
    PoolPoliciesResolver,
    RunnerFirewallResolver,
  ],
});

const ports = (config: FirewallConfig): FactoryProvider => ({
  provide: FIREWALL_PORTS,
  inject: [DATABASE, CLOCK, LOG],
  useFactory: (database: Database, clock: Clock, log: Log) => firewallPorts({ config, database, clock, log }),
});

const consumers: FactoryProvider = {
  provide: CONSUMERS,
  inject: [CLOCK],
  useFactory: (clock: Clock) => [
    onHetznerProject(clock),
    onPool(),
    onMachine(clock),
    onMachineIdentity(clock),
  ],
};

const work: FactoryProvider = {
  provide: LEASED_WORK,
  inject: [FIREWALL_PORTS, DATABASE, CLOCK, METRICS, CONFIG],
  useFactory: (
    ports: FirewallPorts,
    db: Database,
    clock: Clock,
    metrics: Metrics,
    config: FirewallConfig,
  ) => {
    metrics.watchBrakes(db, brakedSql);
    const { CLEANROOM_LEASE_SECONDS: leaseSeconds } = config;
    return leasedLoops(loops, { ports, db, clock, log: ports.log, leaseSeconds });
  },
};
