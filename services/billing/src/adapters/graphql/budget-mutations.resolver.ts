import { setTimeout as sleep } from 'node:timers/promises';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { isId, type Answer } from '@cleanroom/kernel';
import { auditChange, callerOf, type Attempt, type SubgraphContext } from '@cleanroom/service-kit';
import { removeBudget, setBudget, type BudgetShown } from '../../actions/set-budget.js';
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
    return this.change(context, 'set-budget', args.poolId ?? undefined, (ports, organizationId, poolId) =>
      setBudget(ports, organizationId, { poolId, limit, onExhausted }),
    );
  }

  @Mutation()
  removeBudget(@Args() args: MutationRemoveBudgetArgs, @Context() context: SubgraphContext) {
    return this.change(context, 'remove-budget', args.poolId ?? undefined, removeBudget);
  }

  private async change(
    context: SubgraphContext,
    action: string,
    poolId: string | undefined,
    act: (ports: BillingPorts, organizationId: string, poolId?: string) => Promise<Answer<BudgetShown>>,
  ) {
    const caller = callerOf(context);
    const { organizationId } = caller;
    const of =
      poolId === undefined ? { kind: 'organization', id: organizationId } : { kind: 'pool', id: poolId };
    const attempt = { caller, at: this.ports.now(), roles: ['OWNER'], action, ...of } as const;
    const answer = await auditChange(this.ports, attempt as Attempt, async (ports) => {
      if (poolId !== undefined && isId('pool', poolId)) await this.awaitPool(organizationId, poolId);
      return act(ports, organizationId, poolId);
    });
    return 'value' in answer
      ? { budget: presentBudget(answer.value), userErrors: [] }
      : { budget: null, userErrors: answer.refusals };
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
