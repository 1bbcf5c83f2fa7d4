import { setTimeout as sleep } from 'node:timers/promises';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { isId, type Refusal } from '@cleanroom/kernel';
import { allow, callerOf, type SubgraphContext } from '@cleanroom/service-kit';
import { removeBudget, setBudget, type BudgetAnswered } from '../../actions/set-budget.js';
import type { BillingPorts } from '../../ports.js';
import { BILLING_PORTS } from '../billing-ports.js';
import type { MutationRemoveBudgetArgs, MutationSetBudgetArgs } from './generated/types.js';
import { presentBudget } from './present-money.js';

/** Real time that the news of a pool may be on their way before its id counts as unknown. */
const LONGEST_WAIT_MS = 3_000;
const LOOK_EVERY_MS = 100;

@Resolver()
export class BudgetMutationsResolver {
  constructor(@Inject(BILLING_PORTS) private readonly ports: BillingPorts) {}

  @Mutation()
  setBudget(@Args() args: MutationSetBudgetArgs, @Context() context: SubgraphContext) {
    const { limit, onExhausted } = args;
    return this.asOwner(context, args.poolId ?? undefined, (organizationId, poolId) =>
      setBudget(this.ports, organizationId, { poolId, limit, onExhausted }),
    );
  }

  @Mutation()
  removeBudget(@Args() args: MutationRemoveBudgetArgs, @Context() context: SubgraphContext) {
    return this.asOwner(context, args.poolId ?? undefined, (organizationId, poolId) =>
      removeBudget(this.ports, organizationId, poolId),
    );
  }

  private async asOwner(
    context: SubgraphContext,
    poolId: string | undefined,
    act: (organizationId: string, poolId: string | undefined) => Promise<BudgetAnswered>,
  ) {
    const caller = callerOf(context);
    const refusal = allow(caller, 'OWNER');
    if (refusal) return refused([refusal]);
    if (poolId !== undefined && isId('pool', poolId)) await this.awaitPool(caller.organizationId, poolId);
    const answer = await act(caller.organizationId, poolId);
    return 'refusals' in answer
      ? refused(answer.refusals)
      : { budget: presentBudget(answer.budget), userErrors: [] };
  }

  /** The pool may have been created a moment ago, by another service. */
  private async awaitPool(organizationId: string, poolId: string): Promise<void> {
    const isKnown = () =>
      this.ports.transactions.inOrganization(organizationId, async ({ books }) =>
        (await books.pools()).some(({ id }) => id === poolId),
      );
    const deadline = performance.now() + LONGEST_WAIT_MS;
    while (!(await isKnown()) && performance.now() < deadline) await sleep(LOOK_EVERY_MS);
  }
}

const refused = (userErrors: readonly Refusal[]) => ({ budget: null, userErrors });
