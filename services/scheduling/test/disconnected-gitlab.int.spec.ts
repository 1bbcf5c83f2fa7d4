import { inOrganization } from '@cleanroom/persistence';
import { eventually } from '@cleanroom/testing';
import { readWaiting } from '../src/adapters/postgres/waiting.reading.js';
import { whyWaiting } from '../src/domain/why-waiting.js';
import { SchedulingWorld } from './scheduling-world.js';

let world: SchedulingWorld;
beforeEach(async () => {
  world = await SchedulingWorld.open();
  await world.connect();
});
afterEach(() => world.close());

const disconnect = () => world.connect({ deleted: true, accessToken: null });
const DISCONNECTED = { wanted: 0, because: 'its GitLab is disconnected' };

describe('a pool whose GitLab is disconnected', () => {
  it('says so, where the news of the pool were still on their way', async () => {
    await disconnect();
    await world.pool();
    expect(await world.lastDecision()).toMatchObject(DISCONNECTED);
  });

  it('says so, where it was known, and so do the jobs that wait for it', async () => {
    await world.pool();
    world.gitlab.put(11, 'pending');
    world.work();
    await eventually(async () => expect((await world.lastDecision())?.wanted).toBe(1));
    await disconnect();
    expect(await world.lastDecision()).toMatchObject(DISCONNECTED);
    const [job] = await world.rows<{ id: string }>('SELECT id FROM job');
    const waiting = await inOrganization(world.db, world.organizationId, (tx) =>
      readWaiting(tx, [job?.id ?? '']),
    );
    expect(whyWaiting(waiting.get(job?.id ?? '')!, world.clock.now())).toMatchObject({
      code: 'CREDENTIALS_INVALID',
      because: 'The GitLab of the pool builders is disconnected.',
    });
  });
});
