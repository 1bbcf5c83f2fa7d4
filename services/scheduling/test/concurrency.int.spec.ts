import fc from 'fast-check';
import { eventually } from '@cleanroom/testing';
import { assignSchedule } from '../src/actions/assign-schedule.js';
import { deleteSchedule } from '../src/actions/delete-schedule.js';
import { followPool } from '../src/actions/follow-pool.js';
import { receiveWebhook } from '../src/actions/receive-webhook.js';
import { createSchedule } from '../src/actions/save-schedule.js';
import type { Pool, RunnerNews } from '../src/ledger-port.js';
import { SchedulingWorld } from './scheduling-world.js';

let world: SchedulingWorld;
let pool: Pool;
let runners: RunnerNews[];
beforeAll(async () => {
  world = await SchedulingWorld.open();
  await world.connect();
  pool = await world.pool({ size: 30 });
  runners = await Promise.all(
    [1, 2, 3].map((number) => world.runner(pool, { id: world.id('runner'), gitlabRunnerId: number })),
  );
  world.work();
  await eventually(async () => expect(await world.rows('SELECT 1 FROM gitlab_project')).toHaveLength(1));
});
afterAll(() => world.close());

const news = fc.oneof(
  fc.record({ kind: fc.constant('job' as const), id: fc.integer({ min: 1, max: 6 }), over: fc.boolean() }),
  fc.record({ kind: fc.constant('runner' as const), index: fc.nat(2), busy: fc.boolean() }),
  fc.record({
    kind: fc.constant('pool' as const),
    size: fc.integer({ min: 1, max: 30 }),
    paused: fc.boolean(),
  }),
);
type News = typeof news extends fc.Arbitrary<infer T> ? T : never;

const WAITING = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
let deliveries = 0;
let versions = 1_000;
const tell = async (one: News): Promise<void> => {
  if (one.kind === 'pool') {
    await world.pool({ ...pool, size: one.size, paused: one.paused, version: ++versions });
  } else if (one.kind === 'runner') {
    const runner = runners[one.index]!;
    await world.runner(pool, { ...runner, state: one.busy ? 'BUSY' : 'IDLE', version: ++versions });
  } else {
    world.gitlab.put(one.id, one.over ? 'canceled' : 'pending', {
      finishedAt: one.over ? world.clock.now() : undefined,
    });
    await receiveWebhook(
      world.ports,
      world.connectionId,
      await world.webhook(one.id, `delivery ${++deliveries}`),
    );
  }
};
const settled = () =>
  eventually(async () =>
    expect(await world.rows('SELECT 1 FROM webhook_hint WHERE due_at IS NOT NULL')).toEqual([]),
  );

/** Counted anew from what the tables hold, by the rule as it is written down. */
const truth = async (): Promise<number> => {
  const [row] = await world.rows<{ size: number; paused: boolean; busy: number; queued: number }>(
    `SELECT size, paused,
       (SELECT count(*)::int FROM runner WHERE state = 'BUSY') AS busy,
       (SELECT count(*)::int FROM job WHERE status = 'QUEUED' AND pool_id = pool.id) AS queued FROM pool`,
  );
  const { size, paused, busy, queued } = row!;
  // A busy runner whose job is not known to run stands for one of the queued jobs.
  return Math.min(size, paused ? busy : busy + Math.max(0, queued - busy));
};

/** Its id. */
const newSchedule = async (name: string): Promise<string> => {
  const rules = { timeZone: 'UTC', windows: [], holidays: [], holidayCountry: null };
  const made = await createSchedule(world.ports, world.organizationId, { name, ...rules });
  if ('refusals' in made) throw new Error('refused');
  return made.value.id;
};

describe('a schedule that is assigned and deleted at the same moment', () => {
  it('is either gone and followed by nobody, or there', async () => {
    const { ports, organizationId } = world;
    for (let round = 0; round < 20; round++) {
      const id = await newSchedule(`x ${round}`);
      const [assigned, deleted] = await Promise.all([
        assignSchedule(ports, organizationId, pool.id, id),
        deleteSchedule(ports, organizationId, id),
      ]);
      expect('value' in assigned).toBe(!('value' in deleted));
      if ('refusals' in assigned)
        expect(assigned.refusals).toMatchObject([{ code: 'NOT_FOUND', path: ['scheduleId'] }]);
      if ('refusals' in deleted) expect(deleted.refusals).toMatchObject([{ code: 'IN_USE' }]);
      await assignSchedule(ports, organizationId, pool.id, null);
    }
  });
});

describe('news that arrive all at once', () => {
  it('leave the last decision true to what is known, and every version published once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(news, { minLength: 2, maxLength: 12 }), async (batch) => {
        await Promise.all(batch.map(tell));
        await settled();
        expect((await world.lastDecision())?.wanted).toBe(await truth());
        const published = (await world.decisions()).map(({ version }) => Number(version));
        expect(published).toEqual(published.map((_, index) => index + 1));
      }),
      { numRuns: 25 },
    );
  });
});

describe('a schedule that is assigned to a pool while its end is heard of', () => {
  it('is followed by nobody, and can be deleted', async () => {
    const { ports, organizationId, clock } = world;
    const dying = await world.pool({ name: 'dying' });
    const id = await newSchedule('late');
    const assigning = await ports.transactions.inOrganization(organizationId, async (ledger) => {
      await followPool(ledger, { ...dying, deleted: true, version: ++versions }, clock.now());
      // In an object: a promise by itself would be waited for here, and it waits for the end of this transaction.
      const begun = { done: assignSchedule(ports, organizationId, dying.id, id) };
      await eventually(async () => expect(await world.rows(WAITING)).toHaveLength(1));
      return begun;
    });
    expect(await assigning.done).toMatchObject({ refusals: [{ code: 'NOT_FOUND', path: ['poolId'] }] });
    expect(await deleteSchedule(ports, organizationId, id)).toHaveProperty('value');
  });
});
