import { Inject } from '@nestjs/common';
import { Args, Context, Parent, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import { callerOf, type SubgraphContext } from '@cleanroom/service-kit';
import { readBudget } from '../../actions/read-budget.js';
import { reportCost } from '../../actions/report-cost.js';
import type { BillingPorts } from '../../ports.js';
import { BILLING_PORTS } from '../billing-ports.js';
import type { RunnerPoolCostArgs } from './generated/types.js';
import { presentBudget, presentReport } from './present-money.js';
import { reportWindow } from './report-window.js';

/** What this service adds to a pool. */
@Resolver('RunnerPool')
export class PoolCostResolver {
  constructor(@Inject(BILLING_PORTS) private readonly ports: BillingPorts) {}

  @ResolveReference()
  resolveReference(pool: { id: string }) {
    return pool;
  }

  @ResolveField()
  async cost(
    @Parent() { id }: { id: string },
    @Args() bounds: RunnerPoolCostArgs,
    @Context() context: SubgraphContext,
  ) {
    const window = reportWindow(bounds);
    const report = await reportCost(this.ports, callerOf(context).organizationId, window, id);
    return report ? presentReport(report) : null;
  }

  @ResolveField()
  async budget(@Parent() { id }: { id: string }, @Context() context: SubgraphContext) {
    return presentBudget(await readBudget(this.ports, callerOf(context).organizationId, id));
  }
}
