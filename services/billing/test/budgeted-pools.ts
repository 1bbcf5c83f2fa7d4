import { topics } from '@cleanroom/contracts';
import { BudgetCalls } from './budget-calls.js';
import { newId, RunningBilling } from './running-billing.js';

/** The whole service, with prices, and a pool for each test on which budgets can be set. */
export class BudgetedPools {
  private constructor(
    readonly world: RunningBilling,
    readonly budgets: BudgetCalls,
  ) {}

  static async start(): Promise<BudgetedPools> {
    const world = await RunningBilling.start();
    await world.connect();
    await world.pricesKnown();
    return new BudgetedPools(world, new BudgetCalls(world));
  }

  /** One more, of which the service has heard. */
  async add(): Promise<string> {
    const poolId = newId('pool');
    await this.tell(poolId);
    await this.world.poolKnown(poolId);
    return poolId;
  }

  tell(poolId: string, change: { version?: bigint; deleted?: boolean } = {}): Promise<void> {
    const serverTypes = ['cx23', 'cpx22'];
    return this.world.tell(topics.pool, { poolId, version: 1n, name: 'pool', serverTypes, ...change });
  }
}
