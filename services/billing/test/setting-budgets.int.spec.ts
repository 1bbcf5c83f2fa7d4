import { eventually } from '@cleanroom/testing';
import type { BudgetCalls } from './budget-calls.js';
import { BudgetedPools } from './budgeted-pools.js';
import { newId, type RunningBilling } from './running-billing.js';

let pools: BudgetedPools;
let world: RunningBilling;
let budgets: BudgetCalls;
let poolId: string;
beforeAll(async () => {
  pools = await BudgetedPools.start();
  ({ world, budgets } = pools);
});
beforeEach(async () => {
  poolId = await pools.add();
});
afterEach(async () => {
  await budgets.remove();
});
afterAll(() => world.stop());

describe('setting a budget', () => {
  it('answers with where it stands, and replaces the one before', async () => {
    expect(await budgets.set('12.5', poolId)).toMatchObject({
      budget: { limit: { amount: '12.50' }, spent: { amount: '0.00' }, period: '2026-11' },
      userErrors: [],
    });
    expect(await budgets.set('13', poolId, 'WARN')).toMatchObject({
      budget: { limit: { amount: '13.00' }, onExhausted: 'WARN' },
    });
    expect(await budgets.remove(poolId)).toMatchObject({
      budget: { limit: { amount: '13.00' } },
      userErrors: [],
    });
    expect(await budgets.ofPool(poolId)).toBeNull();
  });

  it('is in the currency of the newest prices, whatever an unused project was quoted once', async () => {
    await world.db.asAdmin(
      `INSERT INTO price (organization_id, hetzner_project_id, kind, type, location, valid_from, hourly_micros,
         monthly_cap_micros, currency)
       VALUES ($1, $2, 'machine', 'cx23', 'fsn1', '2025-01-01', 1, 1, 'USD')`,
      [world.organizationId, newId('hetznerProject')],
    );
    expect(await budgets.set('1', poolId)).toMatchObject({
      budget: { limit: { amount: '1.00' } },
      userErrors: [],
    });
  });

  it.each([
    ['-1', ['limit', 'amount']],
    ['1.1234567', ['limit', 'amount']],
    ['a lot', ['limit', 'amount']],
    ['1e3', ['limit', 'amount']],
    ['99999999999', ['limit', 'amount']],
  ])('refuses the amount %s', async (amount, path) => {
    expect(await budgets.set(amount, poolId)).toEqual({
      budget: null,
      userErrors: [{ code: 'INVALID', path }],
    });
    expect(await budgets.ofPool(poolId)).toBeNull();
  });

  it('refuses an unknown pool, a foreign one, and a budget that is not there', async () => {
    const notFound = { budget: null, userErrors: [{ code: 'NOT_FOUND', path: ['poolId'] }] };
    expect(await budgets.set('1', 'pool_nobody')).toEqual(notFound);
    expect(await budgets.set('1', poolId, 'WARN', budgets.owner(newId('organization')))).toEqual(notFound);
    expect(await budgets.remove(poolId)).toEqual(notFound);
  });

  it.each(['VIEWER', 'OPERATOR'] as const)('is nothing for the role %s', async (role) => {
    const { userErrors } = await budgets.remove(undefined, world.caller(undefined, role));
    expect(userErrors).toEqual([{ code: 'NOT_ALLOWED', path: [] }]);
  });

  it('ends with its pool', async () => {
    await budgets.set('5', poolId);
    await pools.tell(poolId, { version: 2n, deleted: true });
    await eventually(async () => expect(await budgets.ofPool(poolId)).toBeNull());
  });
});
