import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { callerOf, type SubgraphContext } from '@cleanroom/service-kit';
import { reportCost } from '../../actions/report-cost.js';
import type { BillingPorts } from '../../ports.js';
import { BILLING_PORTS } from '../billing-ports.js';
import type { QueryCostReportArgs } from './generated/types.js';
import { presentReport, pricesUnknown } from './present-money.js';
import { reportWindow } from './report-window.js';

@Resolver()
export class CostReportResolver {
  constructor(@Inject(BILLING_PORTS) private readonly ports: BillingPorts) {}

  @Query()
  async costReport(@Args() bounds: QueryCostReportArgs, @Context() context: SubgraphContext) {
    const window = reportWindow(bounds);
    const report = await reportCost(this.ports, callerOf(context).organizationId, window);
    if (!report) throw pricesUnknown();
    return presentReport(report);
  }
}
