import { systemClock } from '@cleanroom/kernel';
import { pausePool } from '../src/actions/pause-pool.js';
import type { RunnerPatch } from '../src/ports.js';
import { afterTheDecision, idleRunner } from './idle-runner.js';

/** Each spec is the worker, and what comes in between is committed before the worker goes on. */
let world: Awaited<ReturnType<typeof idleRunner>>;
let orders: string[];
beforeEach(() => {
  orders = [];
});
afterEach(() => world.stop());

const ENTIRELY_NEW = {
  serverId: 0,
  orderSentAt: null,
  createdAt: null,
  gitlabRunnerId: 0,
  gitlabIntentGeneration: 0,
};

const changed = (patch: RunnerPatch) => () =>
  world.ports.transactions.inOrganization(world.organizationId, async (tx) => {
    const runner = await tx.runners.find(world.runnerId);
    if (runner) await tx.runners.change(runner, patch);
  });
const inBetween = {
  'its pool is paused': () => pausePool(world.ports, world.organizationId, world.poolId, true),
  'it is no longer wanted': changed({ wanted: false }),
  'it is drained': changed({ draining: true }),
  'its seat is given up': changed({ retiring: true }),
};

/** Its order is written down, and nothing has been sent. */
async function starting(whileCredentialsAreRead: () => Promise<unknown>): Promise<void> {
  const servers = {
    order: async ({ name, labels }: { name: string; labels: Record<string, string> }) => {
      orders.push(name);
      return { id: 42, name, created: new Date(), labels };
    },
  };
  world = await idleRunner(systemClock, {
    runner: { state: 'STARTING' },
    machine: ENTIRELY_NEW,
    servers,
    works: false,
  });
  const { serversOf } = world.ports.providers;
  Object.assign(world.ports.providers, {
    serversOf: async (...of: Parameters<typeof serversOf>) => {
      await whileCredentialsAreRead();
      return serversOf(...of);
    },
  });
}

it.each(Object.entries(inBetween))(
  'no order goes out once %s, although it was decided before',
  async (_, happens) => {
    await starting(happens);
    await world.step();
    expect(orders).toEqual([]);
    await world.step();
    expect(await world.runner()).toMatchObject({ state: 'ASLEEP', machineId: null });
  },
);

it('an order goes out where nothing came in between', async () => {
  await starting(async () => undefined);
  await world.step();
  expect(orders).toHaveLength(1);
  expect(await world.runner()).toMatchObject({ state: 'ENROLLING' });
});

// Only one that has a machine is drained.
const { 'it is drained': _drained, ...whileAsleep } = inBetween;

it.each(Object.entries(whileAsleep))('no machine is begun for a runner once %s', async (_, happens) => {
  world = await idleRunner(systemClock, {
    runner: { state: 'ASLEEP', machineId: null },
    machine: { deletedAt: new Date() },
    works: false,
  });
  afterTheDecision(world.ports, happens);
  await world.step();
  expect(await world.runner()).toMatchObject({ state: 'ASLEEP', machineId: null, attempt: 1 });
});
