import { systemClock } from '@cleanroom/kernel';
import { createPool, type NewPool } from '../src/actions/create-pool.js';
import { updatePool, type PoolUpdate } from '../src/actions/update-pool.js';
import { idleRunner } from './idle-runner.js';

type World = Awaited<ReturnType<typeof idleRunner>>;

let world: World;
let whileHetznerIsAsked: () => Promise<unknown>;
beforeEach(async () => {
  world = await idleRunner(systemClock, {
    works: false,
    servers: {
      catalogue: async () => ({
        offered: new Map([['cx23', ['fsn1']]]),
        locations: ['fsn1'],
        architectures: new Map(),
      }),
      architecturesOf: async () => {
        await whileHetznerIsAsked();
        return ['x86'];
      },
    },
  });
});
afterEach(() => world.stop());

const update = (change: PoolUpdate) => updatePool(world.ports, world.organizationId, world.poolId, change);
const pool = async () =>
  (await world.db.asAdmin('SELECT tags, run_untagged, deleted FROM pool WHERE id = $1', [world.poolId]))[0];

describe('two updates of a pool at once', () => {
  it('make none that no job could match', async () => {
    await world.db.asAdmin('UPDATE pool SET run_untagged = true');
    whileHetznerIsAsked = () => update({ tags: [] });
    const answer = await update({ image: 'debian-12', runUntagged: false });
    expect(answer).toMatchObject({ refusals: [{ code: 'INVALID', path: ['input', 'tags'] }] });
    expect(await pool()).toMatchObject({ tags: [], run_untagged: true });
  });

  it('change nothing of one that was deleted meanwhile', async () => {
    whileHetznerIsAsked = () => world.db.asAdmin('UPDATE pool SET deleted = true');
    const answer = await update({ image: 'debian-12', tags: ['arm'] });
    expect(answer).toMatchObject({ refusals: [{ code: 'NOT_FOUND', path: ['input', 'id'] }] });
    expect(await pool()).toMatchObject({ tags: ['linux'], deleted: true });
  });
});

describe('a pool that is made while its GitLab or its Hetzner project is disconnected', () => {
  it.each([
    ['gitlab_connection', 'gitlabConnectionId'],
    ['hetzner_project', 'hetznerProjectId'],
  ])('is refused once that is heard: %s', async (table, field) => {
    const { ports, organizationId, gitlabConnectionId, hetznerProjectId } = world;
    Object.assign(world.gitlab.calls, { findScope: async () => 1, list: async () => [] });
    const wish: NewPool = {
      ...{ name: 'late', gitlabConnectionId, hetznerProjectId, size: 1, tags: ['linux'] },
      ...{ serverTypes: ['cx23'], locations: ['fsn1'], image: 'debian-12', freshMachine: 'EVERY_JOB' },
      ...{ runUntagged: false, protectedOnly: false, idleTimeout: 'PT5M', maxMachineAge: 'PT24H' },
      scope: { kind: 'GROUP', fullPath: 'acme' },
    };
    whileHetznerIsAsked = () => world.db.asAdmin(`UPDATE ${table} SET deleted = true`);
    expect(await createPool(ports, organizationId, wish)).toMatchObject({
      refusals: [{ code: 'NOT_FOUND', path: ['input', field] }],
    });
    expect(await world.db.asAdmin(`SELECT 1 FROM pool WHERE name = 'late'`)).toEqual([]);
  });
});
