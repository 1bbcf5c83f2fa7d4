import { systemClock } from '@cleanroom/kernel';
import type { HetznerClient } from '@cleanroom/hetzner';
import { HetznerServers } from '../src/adapters/hetzner/hetzner-servers.js';
import { idleRunner } from './idle-runner.js';

const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000);

let world: Awaited<ReturnType<typeof idleRunner>>;
afterEach(() => world.stop());

/** The rebuild to a third generation was sent, and its answer was lost; Hetzner shows rebuilds that began then. */
async function secondRebuildUnanswered(...began: Date[]): Promise<void> {
  const actions = began.map((started, id) => ({ id, command: 'rebuild_server', status: 'success', started }));
  const client = { listServerActions: async () => actions } as unknown as HetznerClient;
  world = await idleRunner(systemClock, {
    works: false,
    runner: { state: 'CLEANING' },
    machine: { generation: 3, gitlabRunnerId: 0, rebuildIntentAt: secondsAgo(10), rebuildSent: true },
    servers: new HetznerServers(client, 'spec', systemClock),
  });
}
const machine = () =>
  world.ports.transactions.inOrganization(world.organizationId, (tx) => tx.machines.find(world.machineId));

it('a rebuild whose answer was lost is not taken for done because of the one before: the next generation follows', async () => {
  await secondRebuildUnanswered(secondsAgo(3_600));
  await world.step();
  expect(await world.runner()).toMatchObject({ state: 'CLEANING' });
  await world.step();
  expect(await machine()).toMatchObject({ generation: 4, rebuildSent: false });
});

it('a rebuild that began after it was decided is done, although its answer was lost', async () => {
  await secondRebuildUnanswered(secondsAgo(3_600), secondsAgo(9));
  await world.step();
  expect(await world.runner()).toMatchObject({ state: 'ENROLLING' });
  expect(await machine()).toMatchObject({ generation: 3 });
});
