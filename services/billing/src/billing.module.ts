import { fileURLToPath } from 'node:url';
import type { DynamicModule, FactoryProvider } from '@nestjs/common';
import type { Clock, Log } from '@cleanroom/kernel';
import type { Database } from '@cleanroom/persistence';
import {
  CLOCK,
  CONFIG,
  CONSUMERS,
  DATABASE,
  guardedFetch,
  LEASED_WORK,
  leasedLoops,
  LOG,
  ServiceKitModule,
  subgraphModule,
} from '@cleanroom/service-kit';
import { BILLING_PORTS } from './adapters/billing-ports.js';
import { onHetznerProject } from './adapters/events/on-hetzner-project.consumer.js';
import { onMachine } from './adapters/events/on-machine.consumer.js';
import { onOrganization } from './adapters/events/on-organization.consumer.js';
import { onPool } from './adapters/events/on-pool.consumer.js';
import { onStaticIp } from './adapters/events/on-static-ip.consumer.js';
import { BudgetMutationsResolver } from './adapters/graphql/budget-mutations.resolver.js';
import { CostReportResolver } from './adapters/graphql/cost-report.resolver.js';
import { OrganizationBudgetResolver } from './adapters/graphql/organization-budget.resolver.js';
import { PoolCostResolver } from './adapters/graphql/pool-cost.resolver.js';
import { RunnerCostResolver } from './adapters/graphql/runner-cost.resolver.js';
import { HetznerPriceQuotes } from './adapters/hetzner/hetzner-price-quotes.js';
import { migrations } from './adapters/postgres/migrations/index.js';
import { PostgresTransactions } from './adapters/postgres/transactions.js';
import { StatementsController } from './adapters/statements/statements.controller.js';
import type { BillingConfig } from './config.js';
import { loops } from './loops/loops.js';
import type { BillingPorts } from './ports.js';

const sdl = fileURLToPath(new URL('./adapters/graphql/*.graphql', import.meta.url));

class BillingModule {}

/** The billing service: prices, meters, and what both make: reports, budgets and statements. */
export const billingModule = (config: BillingConfig): DynamicModule => ({
  module: BillingModule,
  imports: [
    ServiceKitModule.forRoot({ name: 'billing', config, migrations }),
    subgraphModule({ typePaths: [sdl] }),
  ],
  controllers: [StatementsController],
  providers: [
    ports(config),
    consumers,
    work,
    ServiceKitModule.running('billing'),
    RunnerCostResolver,
    PoolCostResolver,
    OrganizationBudgetResolver,
    CostReportResolver,
    BudgetMutationsResolver,
  ],
});

const ports = (config: BillingConfig): FactoryProvider => ({
  provide: BILLING_PORTS,
  inject: [DATABASE, CLOCK, LOG],
  useFactory: (database: Database, clock: Clock, log: Log): BillingPorts => ({
    transactions: new PostgresTransactions(database),
    quotes: new HetznerPriceQuotes({
      database,
      privateKey: config.CLEANROOM_RECIPIENT_PRIVATE_KEY,
      clock,
      fetch: guardedFetch({ allowedPrivateHosts: config.CLEANROOM_ALLOWED_PRIVATE_HOSTS }),
    }),
    now: () => clock.now(),
    log,
  }),
});

const consumers: FactoryProvider = {
  provide: CONSUMERS,
  inject: [CLOCK],
  useFactory: (clock: Clock) => [
    onOrganization(clock),
    onHetznerProject(clock),
    onPool(),
    onMachine(clock),
    onStaticIp(clock),
  ],
};

const work: FactoryProvider = {
  provide: LEASED_WORK,
  inject: [BILLING_PORTS, DATABASE, CLOCK, CONFIG],
  useFactory: (ports: BillingPorts, db: Database, clock: Clock, config: BillingConfig) =>
    leasedLoops(loops, { ports, db, clock, log: ports.log, leaseSeconds: config.CLEANROOM_LEASE_SECONDS }),
};
