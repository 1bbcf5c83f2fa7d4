import { eventually } from '@cleanroom/testing';
import { AskingMachine } from './asking-machine.js';
import type { BudgetCalls } from './budget-calls.js';
import { BudgetedPools } from './budgeted-pools.js';
import type { RunningBilling } from './running-billing.js';

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

const answered = (machine: AskingMachine, count = 1) =>
  eventually(async () => {
    const decisions = (await world.decisions()).get(machine.id) ?? [];
    expect(decisions.length).toBeGreaterThanOrEqual(count);
    return decisions.at(-1)!;
  });

describe('a hard budget', () => {
  it('is never overdrawn, however many machines ask at once', async () => {
    // Ten hours of the dearer of the two types and a little, and no eleventh.
    await budgets.set('0.21', poolId);
    const machines = Array.from({ length: 50 }, () => new AskingMachine(world, poolId, ['cx23', 'cpx22']));
    await Promise.all(machines.map((machine) => machine.tell({ asked: 1 })));
    const all = await eventually(async () => {
      const decisions = await world.decisions();
      expect(machines.every(({ id }) => decisions.has(id))).toBe(true);
      return machines.flatMap(({ id }) => decisions.get(id) ?? []);
    });
    expect(all).toHaveLength(50);
    const granted = all.filter(({ hoursGranted }) => hoursGranted === 1);
    const budget = await budgets.ofPool(poolId);
    expect(Number(budget!.reserved.amount)).toBeLessThanOrEqual(0.21);
    expect(
      Number(budget!.reserved.amount) / granted.length + Number(budget!.reserved.amount),
    ).toBeGreaterThan(0.21);
    const refused = all.find(({ hoursGranted }) => hoursGranted === 0)!;
    expect(refused).toMatchObject({ hoursAsked: 1, exhaustedScopeId: poolId });
    expect(refused.reason).toBe('the budget of the pool, 0.21 EUR a month, is used up');
  });

  it('counts a machine whose order was on its way when the budget was set, until that is given up', async () => {
    const [unasked, second] = [new AskingMachine(world, poolId), new AskingMachine(world, poolId)];
    await unasked.tell({ asked: 0 });
    const known = 'SELECT 1 FROM spend WHERE machine_id = $1';
    await eventually(async () => expect(await world.db.asAdmin(known, [unasked.id])).toHaveLength(1));
    // An hour, and not another one.
    await budgets.set('0.009', poolId);
    expect(Number((await budgets.ofPool(poolId))?.reserved.amount)).toBeGreaterThan(0);
    await second.tell({ asked: 1 });
    expect(await answered(second)).toMatchObject({ hoursGranted: 0 });
    await unasked.tell({ asked: 0, gone: world.clock.now() });
    await eventually(async () => expect(await world.budgetVersions(poolId)).toEqual([1, 2]));
    expect((await budgets.ofPool(poolId))?.reserved.amount).toBe('0.00');
  });

  it('has room again once a machine ends before its hours', async () => {
    await budgets.set('0.009', poolId);
    const [first, second] = [new AskingMachine(world, poolId), new AskingMachine(world, poolId)];
    await first.tell({ asked: 1 });
    expect(await answered(first)).toMatchObject({ hoursGranted: 1 });
    await second.tell({ asked: 1 });
    expect(await answered(second)).toMatchObject({ hoursGranted: 0 });
    await first.tell({ asked: 1, gone: world.clock.now() });
    await eventually(async () => expect((await budgets.ofPool(poolId))?.reserved.amount).toBe('0.00'));
    // Set, and told once more so that the refused one may ask again.
    await eventually(async () => expect(await world.budgetVersions(poolId)).toEqual([1, 2]));
    const third = new AskingMachine(world, poolId);
    await third.tell({ asked: 1 });
    expect(await answered(third)).toMatchObject({ hoursGranted: 1 });
  });

  it('has no more room for the end of a machine that it granted nothing', async () => {
    await budgets.set('0', poolId);
    const machine = new AskingMachine(world, poolId);
    await machine.tell({ asked: 1 });
    expect(await answered(machine)).toMatchObject({ hoursGranted: 0 });
    await machine.tell({ asked: 1, gone: world.clock.now() });
    const ended = 'SELECT 1 FROM spend WHERE ended AND machine_id = $1';
    await eventually(async () => expect(await world.db.asAdmin(ended, [machine.id])).toHaveLength(1));
    // Told of room by its own end, its runner would be woken and refused for ever.
    expect(await world.budgetVersions(poolId)).toEqual([1]);
  });

  it('has room again once a machine turns out to be of a cheaper type', async () => {
    // Two hours of the dearer of the two types, less a little.
    await budgets.set('0.041', poolId);
    const types = ['cx23', 'cpx22'];
    const [first, second] = [
      new AskingMachine(world, poolId, types),
      new AskingMachine(world, poolId, types),
    ];
    await first.tell({ asked: 1 });
    expect(await answered(first)).toMatchObject({ hoursGranted: 1 });
    await second.tell({ asked: 1 });
    expect(await answered(second)).toMatchObject({ hoursGranted: 0, exhaustedVersion: 1n });
    const created = new Date(world.clock.now().getTime() + 15 * 24 * 3_600_000);
    await first.tell({ asked: 1, created });
    await eventually(async () => expect(await world.budgetVersions(poolId)).toEqual([1, 2]));
    const third = new AskingMachine(world, poolId, types);
    await third.tell({ asked: 1 });
    expect(await answered(third)).toMatchObject({ hoursGranted: 1 });
  });

  it('is asked for every next hour, and counts the hours that have begun as spent', async () => {
    await budgets.set('0.02', poolId);
    const machine = new AskingMachine(world, poolId);
    // Days ahead, so that no further hour begins while it is looked at.
    const created = new Date(world.clock.now().getTime() + 15 * 24 * 3_600_000);
    await machine.tell({ asked: 1 });
    await answered(machine);
    await machine.tell({ asked: 2, created });
    expect(await answered(machine, 2)).toMatchObject({ hoursAsked: 2, hoursGranted: 2 });
    await machine.tell({ asked: 3, created });
    expect(await answered(machine, 3)).toMatchObject({ hoursAsked: 3, hoursGranted: 2 });
    await machine.tell({ asked: 3, created, gone: new Date(created.getTime() + 3_600_001) });
    await eventually(async () =>
      expect(await budgets.ofPool(poolId)).toMatchObject({
        spent: { amount: '0.0176' },
        reserved: { amount: '0.00' },
      }),
    );
  });

  it('of the organisation covers every pool, beside that of the pool', async () => {
    const other = await pools.add();
    const spent = (await budgets.set('1000')).budget!;
    const gone = Number(spent.spent.amount) + Number(spent.reserved.amount);
    await budgets.set((gone + 0.009).toFixed(6));
    await budgets.set('10', other);
    const [one, two] = [new AskingMachine(world, poolId), new AskingMachine(world, other)];
    await one.tell({ asked: 1 });
    expect(await answered(one)).toMatchObject({ hoursGranted: 1 });
    await two.tell({ asked: 1 });
    expect(await answered(two)).toMatchObject({ hoursGranted: 0, exhaustedScopeId: world.organizationId });
  });

  it('answers a question once, whatever is delivered twice', async () => {
    await budgets.set('1', poolId);
    const machine = new AskingMachine(world, poolId);
    await machine.tell({ asked: 1 });
    await answered(machine);
    const spend = () => world.db.asAdmin('SELECT * FROM spend ORDER BY machine_id');
    const before = await spend();
    await world.replay();
    await world.db.asAdmin('DELETE FROM inbox');
    await world.replay();
    expect(await spend()).toEqual(before);
  });
});

describe('a budget that warns', () => {
  it('grants what is asked for, and says that it is used up', async () => {
    await budgets.set('0', poolId, 'WARN');
    const machine = new AskingMachine(world, poolId);
    await machine.tell({ asked: 1 });
    expect(await answered(machine)).toMatchObject({
      hoursGranted: 1,
      exhaustedScopeId: '',
      reason: 'the budget of the pool, 0.00 EUR a month, is used up',
    });
  });
});
