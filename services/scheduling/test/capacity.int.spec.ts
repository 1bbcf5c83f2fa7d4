import { eventually } from '@cleanroom/testing';
import { assignSchedule } from '../src/actions/assign-schedule.js';
import { overrideSchedule } from '../src/actions/override-schedule.js';
import { receiveWebhook } from '../src/actions/receive-webhook.js';
import { createSchedule, updateSchedule } from '../src/actions/save-schedule.js';
import type { DayOfWeek } from '../src/domain/window.js';
import { SchedulingWorld } from './scheduling-world.js';

let world: SchedulingWorld;
beforeEach(async () => {
  world = await SchedulingWorld.open();
  await world.connect();
});
afterEach(() => world.close());

const wanted = (number: number) =>
  eventually(async () => expect((await world.lastDecision())?.wanted).toBe(number));
const weekdays: DayOfWeek[] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'];
const officeHours = {
  name: 'Office hours',
  timeZone: 'Europe/Berlin',
  windows: [{ days: weekdays, start: '08:00', end: '18:00', warm: 2 }],
  holidays: [],
  holidayCountry: null,
};

describe('the capacity of a pool', () => {
  it('follows a job from its webhook to its end, and counts it once all the way', async () => {
    const pool = await world.pool();
    world.work();
    await wanted(0);
    await eventually(async () => expect(await world.rows('SELECT 1 FROM gitlab_project')).toHaveLength(1));
    world.gitlab.put(11, 'pending');
    expect(await receiveWebhook(world.ports, world.connectionId, await world.webhook(11, 'a'))).toBe(true);
    await wanted(1);
    const runner = await world.runner(pool, { state: 'IDLE' });
    await world.runner(pool, { ...runner, state: 'BUSY', version: runner.version + 1 });
    world.gitlab.put(11, 'running', { gitlabRunnerId: 7, startedAt: world.clock.now() });
    await receiveWebhook(world.ports, world.connectionId, await world.webhook(11, 'b'));
    await eventually(async () => expect(await world.jobs()).toMatchObject([{ status: 'RUNNING' }]));
    world.gitlab.put(11, 'success', { finishedAt: world.clock.now() });
    await receiveWebhook(world.ports, world.connectionId, await world.webhook(11, 'c'));
    await eventually(async () => expect(await world.jobs()).toMatchObject([{ status: 'SUCCEEDED' }]));
    await world.runner(pool, { ...runner, state: 'CLEANING', version: runner.version + 2 });
    await wanted(0);
    const numbers = (await world.decisions()).map((decision) => decision.wanted);
    expect(Math.max(...numbers)).toBe(1);
    const versions = (await world.decisions()).map(({ version }) => version);
    expect(versions).toEqual(versions.map((_, index) => BigInt(index + 1)));
  });

  it('follows the edges of its schedule', async () => {
    const pool = await world.pool();
    world.work();
    world.clock.set('2026-03-02T06:50:00Z');
    const created = await createSchedule(world.ports, world.organizationId, officeHours);
    if ('refusals' in created) throw new Error('refused');
    await assignSchedule(world.ports, world.organizationId, pool.id, created.value.id);
    await wanted(0);
    world.clock.set('2026-03-02T07:00:01Z');
    await wanted(2);
    expect((await world.lastDecision())?.because).toBe('2 kept warm (working hours)');
    const span = { from: new Date('2026-03-02T07:00:00Z'), to: new Date('2026-03-02T07:30:00Z') };
    await overrideSchedule(world.ports, world.organizationId, created.value.id, {
      ...span,
      warm: 3,
      reason: 'release',
    });
    await wanted(3);
    world.clock.set('2026-03-02T07:30:01Z');
    await wanted(2);
    world.clock.set('2026-03-02T17:00:01Z');
    await wanted(0);
  });

  it('is not lowered while GitLab does not answer, and finds a lost webhook by polling once it does', async () => {
    await world.pool();
    world.gitlab.put(11, 'pending');
    world.work();
    await wanted(1);
    world.gitlab.down = true;
    world.clock.advance(31_000);
    world.gitlab.put(12, 'pending');
    await eventually(async () =>
      expect(await world.rows('SELECT 1 FROM gitlab_project WHERE lease_failures > 0')).toHaveLength(1),
    );
    expect((await world.lastDecision())?.wanted).toBe(1);
    world.gitlab.down = false;
    world.clock.advance(60_000);
    await wanted(2);
    world.gitlab.put(11, 'canceled', { finishedAt: world.clock.now() });
    world.gitlab.jobs.delete(12);
    world.clock.advance(31_000);
    await wanted(0);
    expect((await world.jobs()).map(({ status }) => status)).toEqual(['CANCELED', 'CANCELED']);
  });

  it('counts a queued job in the oldest pool that matches, and moves it when that pool is paused', async () => {
    const older = await world.pool();
    world.clock.advance(1_000);
    const younger = await world.pool({ name: 'spare' });
    world.gitlab.put(11, 'pending');
    world.work();
    await eventually(async () => expect(await world.jobs()).toMatchObject([{ poolId: older.id }]));
    await world.pool({ ...older, paused: true, version: 99 });
    expect(await world.jobs()).toMatchObject([{ poolId: younger.id }]);
    const last = new Map((await world.decisions()).map(({ poolId, wanted }) => [poolId, wanted]));
    expect(Object.fromEntries(last)).toEqual({ [older.id]: 0, [younger.id]: 1 });
  });

  it('ignores news of a pool and of a runner that are older than what it knows', async () => {
    const pool = await world.pool({ version: 5 });
    const runner = await world.runner(pool, { version: 5, state: 'BUSY' });
    const before = await world.lastDecision();
    await world.pool({ ...pool, version: 4, size: 1 });
    await world.runner(pool, { ...runner, version: 5, state: 'IDLE' });
    expect(await world.lastDecision()).toEqual(before);
    expect(before?.busy).toBe(1);
  });
});

describe('the pre-warming of a pool', () => {
  const follow = async (poolId: string) => {
    const ofThisPool = { ...officeHours, name: `Hours ${world.id('schedule')}` };
    const created = await createSchedule(world.ports, world.organizationId, ofThisPool);
    if ('refusals' in created) throw new Error('refused');
    await assignSchedule(world.ports, world.organizationId, poolId, created.value.id);
  };
  const because = (sentence: string) =>
    eventually(async () => expect((await world.lastDecision())?.because).toBe(sentence));

  it('begins as long before a window as nine of ten runners of this pool took', async () => {
    const pool = await world.pool({ size: 60 });
    world.clock.set('2026-03-02T04:00:00Z');
    // Sixty wakes; of the last fifty, nine in ten took up to 80 s. The ten slow ones before them count no more.
    for (let wake = 0; wake < 60; wake++) {
      const seconds = wake < 10 ? 500 : wake < 55 ? 80 : 200;
      const starting = await world.runner(pool, { state: 'STARTING', gitlabRunnerId: null });
      world.clock.advance(seconds * 1000);
      const stateSince = world.clock.now();
      await world.runner(pool, { ...starting, state: 'IDLE', stateSince, version: starting.version + 1 });
      await world.runner(pool, { ...starting, state: 'ASLEEP', stateSince, version: starting.version + 2 });
    }
    world.work();
    world.clock.set('2026-03-02T06:55:00Z');
    await follow(pool.id);
    await because('no job queued, outside working hours');
    world.clock.set('2026-03-02T06:58:39Z');
    await follow(pool.id);
    expect((await world.lastDecision())?.wanted).toBe(0);
    world.clock.set('2026-03-02T06:58:40Z');
    await because('2 kept warm (pre-warming for the window at 08:00)');
    expect(await world.lastDecision()).toMatchObject({ wanted: 2, warm: 2 });
    world.clock.set('2026-03-02T07:00:00Z');
    await because('2 kept warm (working hours)');
    expect(await world.rows('SELECT 1 FROM time_to_ready')).toHaveLength(50);
  });

  it('reckons with two minutes while nothing was measured', async () => {
    const pool = await world.pool();
    world.work();
    world.clock.set('2026-03-02T06:57:59Z');
    await follow(pool.id);
    await because('no job queued, outside working hours');
    world.clock.set('2026-03-02T06:58:00Z');
    await because('2 kept warm (pre-warming for the window at 08:00)');
  });
});

describe('a country whose holidays a schedule follows', () => {
  it('keeps the pool asleep on its public holidays, and an unknown one is refused', async () => {
    const pool = await world.pool();
    const berlin = { ...officeHours, holidayCountry: 'de-by' };
    const created = await createSchedule(world.ports, world.organizationId, berlin);
    if ('refusals' in created) throw new Error('refused');
    expect(created.value.holidayCountry).toBe('DE-BY');
    // Epiphany, a Tuesday, is a holiday in Bavaria.
    world.clock.set('2026-01-06T10:00:00Z');
    await assignSchedule(world.ports, world.organizationId, pool.id, created.value.id);
    expect((await world.lastDecision())?.because).toBe('no job queued, holiday: Epiphany');
    const { id } = created.value;
    await updateSchedule(world.ports, world.organizationId, id, { ...berlin, holidayCountry: 'DE' });
    expect(await world.lastDecision()).toMatchObject({ wanted: 2, because: '2 kept warm (working hours)' });
    const refused = await updateSchedule(world.ports, world.organizationId, id, {
      ...berlin,
      holidayCountry: 'DE-XX',
    });
    expect(refused).toMatchObject({
      refusals: [{ code: 'INVALID', path: ['input', 'holidayCountry'] }],
    });
  });
});
