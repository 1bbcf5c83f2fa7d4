import type { RunningBilling } from './running-billing.js';

interface Amount {
  amount: string;
}

export interface BudgetAnswer {
  budget: { limit: Amount; spent: Amount; reserved: Amount; onExhausted: string; period: string } | null;
  userErrors: { code: string; path: string[] }[];
}

const FIELDS = 'limit { amount } spent { amount } reserved { amount } onExhausted period';

/** What may be asked and said of budgets over the API; of the organisation where no pool is named. */
export class BudgetCalls {
  constructor(private readonly world: RunningBilling) {}

  async set(
    amount: string,
    of?: string,
    onExhausted = 'BLOCK_NEW_MACHINES',
    caller = this.owner(),
  ): Promise<BudgetAnswer> {
    const { setBudget } = await this.world.ask<{ setBudget: BudgetAnswer }>(
      `mutation ($poolId: ID, $limit: MoneyInput!, $onExhausted: BudgetAction!) {
        setBudget(poolId: $poolId, limit: $limit, onExhausted: $onExhausted) {
          budget { ${FIELDS} } userErrors { code path } } }`,
      { poolId: of, limit: { amount, currency: 'EUR' }, onExhausted },
      caller,
    );
    return setBudget;
  }

  async remove(of?: string, caller = this.owner()): Promise<BudgetAnswer> {
    const answer = await this.world.ask<{ removeBudget: BudgetAnswer }>(
      `mutation ($id: ID) { removeBudget(poolId: $id) { budget { ${FIELDS} } userErrors { code path } } }`,
      { id: of },
      caller,
    );
    return answer.removeBudget;
  }

  /** As the page of a pool shows it. */
  async ofPool(id: string): Promise<BudgetAnswer['budget'] | undefined> {
    const { _entities } = await this.world.ask<{ _entities: { budget: BudgetAnswer['budget'] }[] }>(
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on RunnerPool { budget { ${FIELDS} } } } }`,
      { of: [{ __typename: 'RunnerPool', id }] },
    );
    return _entities[0]?.budget;
  }

  owner = (organizationId?: string) => this.world.caller(organizationId, 'OWNER');
}
