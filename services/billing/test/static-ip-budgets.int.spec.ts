import { eventually } from '@cleanroom/testing';
import pg from 'pg';
import { AskingMachine } from './asking-machine.js';
import { AwaitedIp } from './awaited-ip.js';
import type { BudgetCalls } from './budget-calls.js';
import { BudgetedPools } from './budgeted-pools.js';
import type { RunningBilling } from './running-billing.js';

/** What an address costs at most in a calendar month. */
const CAP = 0.5;

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
afterAll(() => world.stop());

/** Holds the table of what machines were granted, which is read with every budget. */
const whileLocked = async (act: () => Promise<void>): Promise<void> => {
  const other = new pg.Client({ connectionString: world.db.adminUrl });
  await other.connect();
  try {
    await other.query('BEGIN');
    await other.query('LOCK TABLE spend IN ACCESS EXCLUSIVE MODE');
    await act();
  } finally {
    await other.end();
  }
};

const goneOf = async (id: string): Promise<number> => {
  const budget = await budgets.ofPool(id);
  return Number(budget!.spent.amount) + Number(budget!.reserved.amount);
};

describe('a hard budget', () => {
  it('is never overdrawn, however many static IPs and machines ask at once', async () => {
    // Four addresses for a whole month, and some hours of machines.
    const limit = 4 * CAP + 0.1;
    await budgets.set(limit.toFixed(2), poolId);
    const ips = Array.from({ length: 50 }, () => new AwaitedIp(world, poolId));
    const machines = Array.from({ length: 50 }, () => new AskingMachine(world, poolId));
    await Promise.all([
      ...ips.map((ip) => ip.ask()),
      ...machines.map((machine) => machine.tell({ asked: 1 })),
    ]);
    const decisions = await eventually(async () => {
      const hours = await world.decisions();
      expect(machines.every(({ id }) => hours.has(id))).toBe(true);
      const addresses = await world.staticIpDecisions();
      expect(ips.every(({ runnerId }) => addresses.has(runnerId))).toBe(true);
      return ips.flatMap(({ runnerId }) => addresses.get(runnerId) ?? []);
    });
    expect(decisions).toHaveLength(50);
    expect(await goneOf(poolId)).toBeLessThanOrEqual(limit);
    const granted = decisions.filter((one) => one.granted);
    expect(granted.length).toBeGreaterThan(0);
    expect(granted.length).toBeLessThanOrEqual(4);
    expect(decisions.find((one) => !one.granted)).toMatchObject({
      ...{ question: 1, exhaustedScopeId: poolId, exhaustedVersion: 1n },
      reason: expect.stringMatching(/^the budget of the pool, 2.10 EUR a month, is used up/),
    });
    for (const [index, ip] of ips.entries()) if (decisions[index]?.granted) await ip.arrive();
    const there = 'SELECT 1 FROM meter WHERE pool_id = $1';
    await eventually(async () =>
      expect(await world.db.asAdmin(there, [poolId])).toHaveLength(granted.length),
    );
    expect(await goneOf(poolId)).toBeLessThanOrEqual(limit);
  });

  it.each([1, 2])(
    'with room for %s counts an address once that arrives while another is judged',
    async (room) => {
      await budgets.set((room * CAP).toFixed(2), poolId);
      const [first, second] = [new AwaitedIp(world, poolId), new AwaitedIp(world, poolId)];
      await first.ask();
      expect(await first.answered()).toMatchObject({ granted: true });
      // Whoever judges waits between what is awaited and what is there.
      await whileLocked(async () => {
        await second.ask();
        const waiting = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
        await eventually(async () => expect((await world.db.asAdmin(waiting, [])).length).toBeGreaterThan(0));
        await first.arrive();
        const there = 'SELECT 1 FROM meter WHERE runner_id = $1';
        await eventually(async () => expect(await world.db.asAdmin(there, [first.runnerId])).toHaveLength(1));
      });
      expect(await second.answered()).toMatchObject({ granted: room > 1 });
      expect(await goneOf(poolId)).toBeLessThanOrEqual(room * CAP);
    },
  );

  it('counts a static IP whose order was on its way when the budget was set, until it is given up', async () => {
    const [unasked, second] = [new AwaitedIp(world, poolId), new AwaitedIp(world, poolId)];
    await unasked.tell({});
    const known = 'SELECT 1 FROM static_ip_spend WHERE runner_id = $1';
    await eventually(async () => expect(await world.db.asAdmin(known, [unasked.runnerId])).toHaveLength(1));
    await budgets.set(CAP.toFixed(2), poolId);
    await second.ask();
    expect(await second.answered()).toMatchObject({ granted: false });
    await unasked.giveUp();
    // Told once more, so that the refused one asks again.
    await eventually(async () => expect(await world.budgetVersions(poolId)).toEqual([1, 2]));
    await second.ask(2);
    expect(await second.answered(2)).toMatchObject({ question: 2, granted: true });
  });

  it('has room again once a static IP is given back, and none for the end of one that it granted nothing', async () => {
    await budgets.set(CAP.toFixed(2), poolId);
    const [first, second] = [new AwaitedIp(world, poolId), new AwaitedIp(world, poolId)];
    await first.ask();
    expect(await first.answered()).toMatchObject({ granted: true });
    await second.ask();
    expect(await second.answered()).toMatchObject({ granted: false });
    await second.giveUp(1);
    expect(await world.budgetVersions(poolId)).toEqual([1]);
    await first.giveUp(1);
    await eventually(async () => expect(await world.budgetVersions(poolId)).toEqual([1, 2]));
  });

  it('is asked anew for the address that replaces one that is gone, which cost to its end', async () => {
    await budgets.set((CAP * 1.5).toFixed(2), poolId);
    const ip = new AwaitedIp(world, poolId);
    await ip.ask();
    await ip.answered();
    await ip.arrive();
    // Gone at once: what is left of its month pays for the next one.
    await ip.lose();
    await ip.ask(2);
    expect(await ip.answered(2)).toMatchObject({ question: 2, granted: true });
    const open = 'SELECT 1 FROM meter WHERE pool_id = $1 AND ended_at IS NULL';
    expect(await world.db.asAdmin(open, [poolId])).toEqual([]);
  });

  it('answers a question once, whatever is delivered late or twice', async () => {
    await budgets.set('1', poolId);
    const ip = new AwaitedIp(world, poolId);
    ip.version = 5n;
    await ip.ask(2);
    await ip.answered();
    ip.version = 2n;
    await ip.ask(1);
    const spends = () => world.db.asAdmin('SELECT * FROM static_ip_spend ORDER BY runner_id');
    const before = await spends();
    await world.replay();
    await world.db.asAdmin('DELETE FROM inbox');
    await world.replay();
    expect(await spends()).toEqual(before);
    const versions = (await world.staticIpDecisions()).get(ip.runnerId)?.map(({ version }) => version);
    expect([...new Set(versions)]).toEqual([1n]);
  });
});
