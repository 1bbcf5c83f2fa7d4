import { systemClock } from '@cleanroom/kernel';
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
