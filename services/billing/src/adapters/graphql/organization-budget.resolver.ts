import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import { callerOf, type SubgraphContext } from '@cleanroom/service-kit';
import { readBudget } from '../../actions/read-budget.js';
import type { BillingPorts } from '../../ports.js';
import { BILLING_PORTS } from '../billing-ports.js';
import { presentBudget } from './present-money.js';

/** What this service adds to an organisation. */
@Resolver('Organization')
export class OrganizationBudgetResolver {
  constructor(@Inject(BILLING_PORTS) private readonly ports: BillingPorts) {}

  @ResolveReference()
  resolveReference(organization: { id: string }) {
    return organization;
  }

  /** Rows of another organisation are out of reach, so its id finds no budget. */
  @ResolveField()
  async budget(@Parent() { id }: { id: string }, @Context() context: SubgraphContext) {
    return presentBudget(await readBudget(this.ports, callerOf(context).organizationId, id));
  }
}
