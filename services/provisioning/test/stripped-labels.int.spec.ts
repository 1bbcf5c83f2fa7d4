import { systemClock } from '@cleanroom/kernel';
import { observeServers } from '../src/actions/observe-servers.js';
import { serverLabels } from '../src/domain/server-name.js';
import { ProviderError, type ProviderServer, type Servers } from '../src/ports.js';
import { idleRunner } from './idle-runner.js';

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const SERVER = 42;

let world: Awaited<ReturnType<typeof idleRunner>>;
/** As Hetzner has it; undefined: it has none. */
let server: ProviderServer | undefined;
let deleted: number[];
afterEach(() => world.stop());

const ours = () =>
  serverLabels({
    ...{ installation: 'spec', organizationId: world.organizationId, poolId: world.poolId },
    ...{ runnerId: world.runnerId, machineId: world.machineId, attempt: 1 },
  });
const without = (...keys: string[]) =>
  Object.fromEntries(Object.entries(ours()).filter(([key]) => !keys.includes(key)));

/** A machine whose job runs, last seen a while ago; its server has these labels now. */
async function busyWith(labels: () => Record<string, string>, find?: Servers['find']): Promise<void> {
  deleted = [];
  const seen = minutesAgo(3);
  const servers: Partial<Servers> = {
    list: async () => (server?.labels['cleanroom-installation'] === 'spec' ? [server] : []),
    find: find ?? (async (id) => (id === SERVER ? server : undefined)),
    setLabels: async (_, wanted) => {
      if (server) server = { ...server, labels: wanted };
    },
    delete: async (id) => void deleted.push(id),
  };
  const machine = { jobStarted: true, gitlabJobId: 7, lastSeenAt: seen, orderedAt: seen, createdAt: seen };
  world = await idleRunner(systemClock, { runner: { state: 'BUSY' }, machine, servers, works: false });
  world.gitlab.runsJob = true;
  server = { id: SERVER, name: 'cr-spec-1', created: seen, labels: labels() };
  await world.db.asAdmin('INSERT INTO observation (id, organization_id) VALUES ($1, $2)', [
    world.hetznerProjectId,
    world.organizationId,
  ]);
}
const look = async () => {
  const { hetznerProjectId: id, organizationId } = world;
  await observeServers(world.ports, { id, organizationId, epoch: 0n });
};
const gone = async () => undefined;
/** As if the looks before had been made a minute earlier. */
const missedBefore = () =>
  world.db.asAdmin(`UPDATE machine SET absent_since = absent_since - interval '1 minute'`);
const vanished = async () => (await world.db.asAdmin('SELECT vanished FROM machine'))[0]?.vanished;

describe('a machine whose job runs', () => {
  it.each([
    ['all its labels', () => ({})],
    ['the label of our installation', () => without('cleanroom-installation')],
    ['the label of its organisation', () => without('cleanroom-organization')],
    ['the label of its machine', () => without('cleanroom-machine', 'cleanroom-attempt')],
  ])('keeps it where somebody takes %s from its server, which is labelled anew', async (_, labels) => {
    await busyWith(labels);
    await look();
    await look();
    await world.step();
    expect(await vanished()).toBe(false);
    expect(await world.runner()).toMatchObject({ state: 'BUSY' });
    expect(server?.labels).toEqual(ours());
    expect(deleted).toEqual([]);
  });

  it('keeps it while Hetzner does not say whether its server is there', async () => {
    await busyWith(
      () => ({}),
      () => Promise.reject(new ProviderError('busy', 'not now')),
    );
    await look();
    expect(await vanished()).toBe(false);
  });

  it('is given up where its server is gone', async () => {
    await busyWith(() => ({}), gone);
    await look();
    await missedBefore();
    await look();
    await world.step();
    expect(await world.runner()).toMatchObject({
      state: 'STOPPING',
      stateReason: 'Hetzner no longer has its server',
    });
  });

  it('keeps it where one list lacks its server, however long it was not seen, and a look by its number as well', async () => {
    await busyWith(() => ({}), gone);
    await look();
    await look();
    expect(await vanished()).toBe(false);
  });

  it('keeps it where its server is seen between two looks that find none', async () => {
    await busyWith(ours, gone);
    const there = server;
    server = undefined;
    await look();
    await missedBefore();
    server = there;
    await look();
    server = undefined;
    await look();
    expect(await vanished()).toBe(false);
  });
});
