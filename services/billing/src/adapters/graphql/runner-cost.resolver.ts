import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import { callerOf, readTogether, type SubgraphContext } from '@cleanroom/service-kit';
import { costOfRunners } from '../../actions/cost-of-runners.js';
import type { BillingPorts } from '../../ports.js';
import { BILLING_PORTS } from '../billing-ports.js';
import { presentMoney } from './present-money.js';

@Resolver('Runner')
export class RunnerCostResolver {
  constructor(@Inject(BILLING_PORTS) private readonly ports: BillingPorts) {}

  @ResolveReference()
  resolveReference(runner: { id: string }) {
    return runner;
  }

  @ResolveField()
  async costToDate(@Parent() { id }: { id: string }, @Context() context: SubgraphContext) {
    const { organizationId } = callerOf(context);
    const cost = await readTogether(context, 'cost', id, (ids) =>
      costOfRunners(this.ports, organizationId, ids),
    );
    return cost ? presentMoney(cost) : null;
  }
}
