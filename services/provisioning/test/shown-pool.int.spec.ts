import { StaticIpStatus, topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { jest } from '@jest/globals';
import pg from 'pg';
import { poolOf } from './fleet.js';
import { ProvisioningWorld } from './provisioning-world.js';

const CREATE = `mutation($input: CreateRunnerPoolInput!) { payload: createRunnerPool(input: $input) {
  runnerPool { id } } }`;
const UPDATE = `mutation($input: UpdateRunnerPoolInput!) { updateRunnerPool(input: $input) { userErrors { code } } }`;
const DELETE = `mutation($id: ID!) { deleteRunnerPool(id: $id) { userErrors { code } } }`;
const SHOWN = `query($id: ID!) { runnerPool(id: $id) {
  protectedOnly deleting stateCounts { state count } } }`;

let world: ProvisioningWorld;
beforeAll(async () => {
  world = await ProvisioningWorld.start();
  await world.connect();
});
afterAll(() => world.stop());

/** Its id. */
const create = async (given: object = {}): Promise<string> => {
  const { data } = await world.ask(CREATE, { input: { ...poolOf(world), ...given } });
  return (data as unknown as { payload: { runnerPool: { id: string } } }).payload.runnerPool.id;
};

describe('what a pool shows of itself', () => {
  const shown = async (id: string) =>
    (await world.ask(SHOWN, { id })).data as unknown as { runnerPool: Record<string, unknown> | null };

  it('is that it takes jobs of protected refs only, from its beginning or from a change on, and tells everybody', async () => {
    const guarded = await create({ protectedOnly: true });
    const open = await create();
    expect(await shown(guarded)).toMatchObject({ runnerPool: { protectedOnly: true } });
    expect(await shown(open)).toMatchObject({ runnerPool: { protectedOnly: false } });
    await world.ask(UPDATE, { input: { id: open, protectedOnly: true } });
    await world.ask(UPDATE, { input: { id: guarded, name: `renamed ${guarded}` } });
    for (const id of [guarded, open]) {
      expect(await shown(id)).toMatchObject({ runnerPool: { protectedOnly: true } });
      await eventually(async () =>
        (await world.published(topics.pool)).some((told) => told.poolId === id && told.protectedRefsOnly),
      );
    }
  });

  it('is how many of its runners are in each state, but for those that are gone', async () => {
    const id = await create({ size: 4 });
    const states = ['ASLEEP', 'DELETED', 'REQUESTED', 'REQUESTED'];
    for (const [seat, state] of states.entries())
      await world.db.asAdmin('UPDATE runner SET state = $3, due_at = NULL WHERE pool_id = $1 AND seat = $2', [
        id,
        seat,
        state,
      ]);
    expect(await shown(id)).toMatchObject({
      runnerPool: {
        stateCounts: [
          { state: 'REQUESTED', count: 2 },
          { state: 'ASLEEP', count: 1 },
        ],
      },
    });
  });

  it('is counted in one read, however many pools are asked for', async () => {
    await create();
    await create();
    const query = jest.spyOn(pg.Client.prototype, 'query');
    const counted = `{ runnerPools(first: 100) { nodes { stateCounts { count } } } }`;
    const { data } = await world.ask(counted);
    const reads = query.mock.calls.filter((call) => JSON.stringify(call).includes('state, count(*)'));
    query.mockRestore();
    const { nodes } = (data as unknown as { runnerPools: { nodes: object[] } }).runnerPools;
    expect(nodes.length).toBeGreaterThan(1);
    expect(reads).toHaveLength(1);
  });

  it('is that it is being deleted, until the last of its addresses is given back', async () => {
    const id = await create();
    expect(await shown(id)).toMatchObject({ runnerPool: { deleting: false } });
    await world.ask(DELETE, { id });
    expect(await shown(id)).toMatchObject({ runnerPool: { deleting: true } });
    const [runner] = await world.db.asAdmin('SELECT id FROM runner WHERE pool_id = $1', [id]);
    await world.tell(topics.staticIp, {
      ...{ runnerId: String(runner?.id), poolId: id, hetznerProjectId: world.hetznerProjectId },
      status: StaticIpStatus.RELEASED,
    });
    await eventually(async () => (await shown(id)).runnerPool === null);
    const ofRunner = await world.ask('query($id: ID!) { runner(id: $id) { state pool { id } } }', {
      id: runner?.id,
    });
    // For its history, and for who hears late of its end.
    expect(ofRunner).toEqual({ data: { runner: { state: 'DELETED', pool: { id } } } });
  });

  it('are its tags as GitLab keeps them: without blanks around them, and each once', async () => {
    const tags = async (id: string) => {
      const query = 'query($id: ID!) { runnerPool(id: $id) { tags } }';
      return (await world.ask(query, { id })).data as unknown as { runnerPool: { tags: string[] } };
    };
    const id = await create({ tags: [' linux', 'x', 'linux'] });
    expect(await tags(id)).toEqual({ runnerPool: { tags: ['linux', 'x'] } });
    await world.ask(UPDATE, { input: { id, tags: ['arm ', ' arm'] } });
    expect(await tags(id)).toEqual({ runnerPool: { tags: ['arm'] } });
  });
});
