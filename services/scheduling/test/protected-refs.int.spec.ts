import { inOrganization } from '@cleanroom/persistence';
import { eventually } from '@cleanroom/testing';
import { receiveWebhook } from '../src/actions/receive-webhook.js';
import { readWaiting } from '../src/adapters/postgres/waiting.reading.js';
import { whyWaiting } from '../src/domain/why-waiting.js';
import type { Pool } from '../src/ledger-port.js';
import { SchedulingWorld } from './scheduling-world.js';

let world: SchedulingWorld;
let trusted: Pool;
beforeEach(async () => {
  world = await SchedulingWorld.open();
  await world.connect();
  trusted = await world.pool({ name: 'trusted', protectedRefsOnly: true });
  world.clock.advance(1_000);
});
afterEach(() => world.close());

const pools = async (): Promise<(string | null)[]> => {
  const rows = await world.rows<{ pool_id: string | null }>('SELECT pool_id FROM job ORDER BY gitlab_job_id');
  return rows.map(({ pool_id: poolId }) => poolId);
};
const counted = (...expected: (string | null)[]) =>
  eventually(async () => expect(await pools()).toEqual(expected));

describe('a pool for protected refs', () => {
  it('takes the jobs of protected refs, and leaves all others to the next pool', async () => {
    const open = await world.pool({ name: 'open' });
    world.gitlab.put(11, 'pending');
    world.gitlab.put(12, 'pending', { ref: 'feature' });
    world.work();
    await counted(trusted.id, open.id);
    await eventually(async () => expect(await world.rows('SELECT 1 FROM gitlab_project')).toHaveLength(1));
    world.gitlab.put(13, 'pending');
    await receiveWebhook(world.ports, world.connectionId, await world.webhook(13, 'a'));
    await counted(trusted.id, open.id, trusted.id);
  });

  it('asks at once for jobs that waited before it was for protected refs', async () => {
    await world.pool({ ...trusted, protectedRefsOnly: false, version: 98 });
    world.gitlab.put(11, 'pending');
    world.work();
    await counted(trusted.id);
    expect(world.gitlab.askedRefs).toEqual([]);
    await world.pool({ ...trusted, version: 99 });
    await eventually(async () => expect(world.gitlab.askedRefs).toEqual(['main']));
    await counted(trusted.id);
  });

  it('is why a job waits that no other pool takes', async () => {
    world.gitlab.put(11, 'pending', { ref: 'feature' });
    world.work();
    await counted(null);
    const [{ id } = { id: '' }] = await world.rows<{ id: string }>('SELECT id FROM job');
    const waiting = await inOrganization(world.db, world.organizationId, (tx) => readWaiting(tx, [id]));
    expect(whyWaiting(waiting.get(id)!, world.clock.now()).because).toBe(
      'Its ref feature is not protected, and the pools that match it take protected refs only.',
    );
  });

  it('has GitLab asked once for each ref that waits, and not at all where no such pool is left', async () => {
    world.gitlab.put(11, 'pending');
    world.gitlab.put(12, 'pending');
    world.gitlab.put(13, 'pending', { ref: 'feature' });
    world.work();
    await counted(trusted.id, trusted.id, null);
    const calls = world.gitlab.calls;
    world.clock.advance(31_000);
    await eventually(async () => expect(world.gitlab.calls).toBeGreaterThan(calls));
    expect([...world.gitlab.askedRefs].sort()).toEqual(['feature', 'main']);
    await world.pool({ ...trusted, protectedRefsOnly: false, version: 99 });
    await counted(trusted.id, trusted.id, trusted.id);
    world.gitlab.put(14, 'pending', { ref: 'other' });
    // A look that is under way while the clock moves is followed by one half a minute later than that.
    const oneLookLater = async () => {
      world.clock.advance(31_000);
      expect(await pools()).toEqual([trusted.id, trusted.id, trusted.id, trusted.id]);
    };
    await eventually(oneLookLater, { every: 1_000 });
    expect(world.gitlab.askedRefs).toHaveLength(2);
  });
});
