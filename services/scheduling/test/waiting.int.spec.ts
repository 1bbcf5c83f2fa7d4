import { inOrganization } from '@cleanroom/persistence';
import { eventually } from '@cleanroom/testing';
import { readWaiting } from '../src/adapters/postgres/waiting.reading.js';
import type { Wait } from '../src/domain/wait.js';
import { whyWaiting } from '../src/domain/why-waiting.js';
import type { Pool, RunnerNews } from '../src/ledger-port.js';
import { SchedulingWorld } from './scheduling-world.js';

let world: SchedulingWorld;
beforeEach(async () => {
  world = await SchedulingWorld.open();
  await world.connect();
});
afterEach(() => world.close());

/** Puts jobs into GitLab and lets the service find them. */
const queue = async (...jobs: [gitlabJobId: number, projectId: number][]): Promise<void> => {
  const paths = ['acme/web', 'acme/api'];
  world.gitlab.projects = paths.map((path, index) => ({ id: index + 1, path }));
  for (const [id, projectId] of jobs) {
    world.gitlab.put(id, 'pending', { projectId, projectPath: paths[projectId - 1] });
  }
  world.work();
  await eventually(async () => expect(await world.jobs()).toHaveLength(jobs.length));
};
/** What each queued job waits for, by GitLab's number. */
const waits = async (): Promise<Record<number, Wait>> => {
  const rows = await world.rows<{ id: string; number: number }>(
    `SELECT id, gitlab_job_id::int AS number FROM job ORDER BY 2`,
  );
  const ids = rows.map(({ id }) => id);
  const waiting = await inOrganization(world.db, world.organizationId, (tx) => readWaiting(tx, ids));
  return Object.fromEntries(
    rows.map(({ id, number }) => [number, whyWaiting(waiting.get(id)!, world.clock.now())]),
  );
};
/** In words for people. */
const reasons = async (): Promise<Record<number, string>> =>
  Object.fromEntries(Object.entries(await waits()).map(([number, { because }]) => [number, because]));
let version = 1_000;
const turn = (pool: Pool, runner: RunnerNews, given: Partial<RunnerNews>): Promise<RunnerNews> =>
  world.runner(pool, { ...runner, version: ++version, stateSince: world.clock.now(), ...given });

describe('what a job is told that it waits for', () => {
  it('follows its runner from sleep to IDLE, with the second at which it is expected', async () => {
    const pool = await world.pool({ size: 1 });
    const runner = await world.runner(pool, { state: 'ASLEEP', hasMachine: false });
    await queue([11, 1]);
    expect(await reasons()).toEqual({ 11: 'A runner of the pool builders is about to be woken.' });
    await turn(pool, runner, { state: 'STARTING', stateReason: '1 job queued' });
    const first = world.clock.now().getTime();
    expect((await reasons())[11]).toBe(
      `A runner is starting; it is expected to be ready at ${second(first + 120_000)}.`,
    );
    world.clock.advance(45_000);
    await turn(pool, runner, { state: 'ENROLLING' });
    world.clock.advance(5_000);
    await turn(pool, runner, { state: 'IDLE' });
    expect((await reasons())[11]).toBe('A runner is ready; GitLab is about to hand the job out.');
    // The next one is expected after as long as this one took.
    await turn(pool, runner, { state: 'STARTING' });
    expect((await reasons())[11]).toBe(
      `A runner is starting; it is expected to be ready at ${second(first + 100_000)}.`,
    );
  });

  it('is the size of the pool, the market, or the budget, as provisioning tells them', async () => {
    const pool = await world.pool({ size: 2 });
    const busy = await world.runner(pool, { state: 'BUSY', gitlabRunnerId: null });
    const other = await world.runner(pool, { state: 'ASLEEP', gitlabRunnerId: null, hasMachine: false });
    await queue([11, 1], [12, 1]);
    await turn(pool, other, {
      stateReason: 'all server types are sold out in fsn1',
      trouble: 'SOLD_OUT',
    });
    expect((await reasons())[11]).toBe(
      'Hetzner has no machine for the pool builders now: all server types are sold out in fsn1.',
    );
    expect((await waits())[11]).toMatchObject({ code: 'SOLD_OUT', nextTryAt: null });
    const nextTryAt = new Date(world.clock.now().getTime() + 60_000);
    await turn(pool, other, { stateReason: 'nothing is left of 50.00 EUR', trouble: 'BUDGET', nextTryAt });
    expect((await waits())[11]).toMatchObject({ code: 'BUDGET_EXHAUSTED', nextTryAt });
    expect((await reasons())[11]).toBe(
      'The budget for the pool builders is exhausted, so no machine is ordered: nothing is left of 50.00 EUR.',
    );
    await turn(pool, other, { stateReason: '', trouble: null });
    expect(await reasons()).toEqual({
      11: 'A runner of the pool builders is about to be woken.',
      12: 'The pool builders is full with 2 runners; 1 queued before it.',
    });
    await turn(pool, other, { state: 'BUSY' });
    await turn(pool, busy, { state: 'BUSY' });
    expect((await reasons())[12]).toBe('All 2 runners of the pool builders are taken; 1 queued before it.');
  });

  it('is a tag that no pool has, with the pool that is nearest to it', async () => {
    await world.pool();
    world.gitlab.projects = [{ id: 1, path: 'acme/web' }];
    world.gitlab.put(11, 'pending', { projectId: 1, projectPath: 'acme/web', tags: ['linux', 'gpu'] });
    world.work();
    await eventually(async () => expect(await world.jobs()).toHaveLength(1));
    expect((await reasons())[11]).toBe(
      'No pool for its project has all of the tags linux, gpu. The nearest is builders, which lacks gpu.',
    );
  });

  it('is credentials that are not accepted any more, of Hetzner or of GitLab', async () => {
    const pool = await world.pool();
    await world.runner(pool, { state: 'ASLEEP', hasMachine: false });
    await queue([11, 1]);
    await world.hetzner('CREDENTIALS_INVALID');
    expect((await reasons())[11]).toBe(
      'Hetzner does not accept the credentials for the pool builders any more.',
    );
    await world.hetzner('CONNECTED');
    expect((await reasons())[11]).toBe('A runner of the pool builders is about to be woken.');
    await world.connect({ status: 'CREDENTIALS_INVALID' });
    expect((await reasons())[11]).toBe(
      'GitLab does not accept the credentials for the pool builders any more.',
    );
  });

  it('counts those before it as GitLab hands jobs out: by turns in an instance, by age in a group', async () => {
    const pool = await world.pool({ size: 1, scopeKind: 'INSTANCE', scopePath: '', scopeId: 0 });
    await world.runner(pool, { state: 'BUSY', gitlabRunnerId: null });
    await queue([11, 1], [12, 1], [13, 1], [14, 2]);
    const before = async () =>
      Object.values(await reasons()).map((sentence) =>
        Number(/(\d+) queued before it/.exec(sentence)?.[1] ?? 0),
      );
    expect(await before()).toEqual([0, 2, 3, 1]);
    await world.pool({ ...pool, scopeKind: 'GROUP', scopePath: 'acme', scopeId: 1, version: 99 });
    expect(await before()).toEqual([0, 1, 2, 3]);
  });
});

const second = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
