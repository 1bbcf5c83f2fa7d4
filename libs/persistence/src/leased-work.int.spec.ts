import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, fixedClock } from '@cleanroom/testing';
import { EARLY, taskTable } from '../test/task-table.js';
import { LeaseLost, type Lease } from './lease.js';
import { takeLeases } from './lease-queries.js';

describe('leased work', () => {
  const tasks = taskTable();
  const { insert, save, run, row, wake } = tasks;

  it('never runs one row twice at once, and every row as often as it was due', async () => {
    const running = new Set<string>();
    let overlaps = 0;
    const step = async (lease: Lease) => {
      if (running.has(lease.id)) overlaps++;
      running.add(lease.id);
      await sleep(5);
      running.delete(lease.id);
      await save(lease);
    };
    for (let n = 0; n < 40; n++) await insert(`t${n}`);
    run('one', step);
    run('two', step);
    run('three', step);
    await eventually(async () => {
      const rows = (await tasks.db.worker.query('SELECT 1 FROM task WHERE due_at IS NOT NULL')) as unknown[];
      return rows.length === 0;
    });
    const [{ total }] = (await tasks.db.worker.query('SELECT sum(steps)::int AS total FROM task')) as [
      { total: number },
    ];
    expect(total).toBe(40);
    expect(overlaps).toBe(0);
  });

  it('takes a row over when its owner has died, and not before', async () => {
    await insert('t');
    const takenAt = performance.now();
    const [dead] = await takeLeases(tasks.db, {
      table: 'task',
      owner: 'dead',
      leaseSeconds: 1,
      now: new Date(),
      limit: 5,
    });
    let steppedAt = 0;
    run('heir', async (lease) => {
      steppedAt = performance.now();
      await save(lease);
    });
    await eventually(async () => (await row('t')).steps === 1);
    expect(steppedAt - takenAt).toBeGreaterThan(900);
    expect((await row('t')).lease_epoch).toBe(String((dead?.epoch ?? 0n) + 1n));
  });

  it('keeps a row for as long as its step lasts, also beyond the lease', async () => {
    await insert('t');
    let steps = 0;
    const step = async (lease: Lease) => {
      steps++;
      const { lease_until: end } = await row('t');
      const isPast = async () =>
        (await tasks.db.asAdmin('SELECT now() > $1 AS past', [end]))[0]?.past === true;
      await eventually(isPast, { every: 100 });
      await save(lease);
    };
    // Held up for less than two of its three thirds, the owner still renews it in time.
    for (const owner of ['one', 'two']) run(owner, step, { leaseSeconds: 4 });
    await eventually(async () => (await row('t')).steps === 1);
    expect(steps).toBe(1);
  });

  it('saves nothing of an owner whose row was taken over', async () => {
    await insert('t');
    const take = (owner: string) =>
      takeLeases(tasks.db, { table: 'task', owner, leaseSeconds: 0, now: new Date(), limit: 1 });
    const [stale] = await take('stale');
    await sleep(5);
    const [fresh] = await take('fresh');
    if (!stale || !fresh) throw new Error('nothing was taken');
    await expect(save(stale)).rejects.toThrow(LeaseLost);
    expect(await row('t')).toMatchObject({ steps: 0, lease_owner: 'fresh' });
    await save(fresh);
    expect(await row('t')).toMatchObject({ steps: 1, lease_owner: null, due_at: null });
  });

  it('is woken at once by a row that becomes due', async () => {
    await insert('t', null);
    // Longer than anybody waits here.
    run('one', (lease) => save(lease), { pollMilliseconds: 600_000 });
    await sleep(100);
    await wake('t');
    await eventually(async () => (await row('t')).steps === 1);
  });

  it('loses no wake that comes while the step runs', async () => {
    await insert('t');
    let steps = 0;
    run('one', async (lease) => {
      if (++steps === 1) await wake('t');
      await save(lease);
    });
    await eventually(async () => (await row('t')).steps === 2);
    await eventually(async () => (await row('t')).due_at === null);
    expect(steps).toBe(2);
  });

  it('comes back when the product clock says so', async () => {
    const clock = fixedClock('2026-03-02T08:00:00Z');
    await insert('t', new Date('2026-03-02T08:00:10Z'));
    run('one', (lease) => save(lease), { clock, pollMilliseconds: 20 });
    await sleep(100);
    expect((await row('t')).steps).toBe(0);
    clock.advance(10_000);
    await eventually(async () => (await row('t')).steps === 1);
  });

  it('never makes a row due later than it is', async () => {
    await insert('t', EARLY);
    await wake('t', new Date('2030-01-01T00:00:00Z'));
    expect((await row('t')).due_at).toEqual(EARLY);
  });

  it('works on no more rows at once than it may', async () => {
    let running = 0;
    let most = 0;
    for (let n = 0; n < 12; n++) await insert(`t${n}`);
    const step = async (lease: Lease) => {
      most = Math.max(most, ++running);
      await sleep(10);
      running--;
      await save(lease);
    };
    run('one', step, { concurrency: 3 });
    await eventually(async () => {
      const rows = (await tasks.db.worker.query('SELECT 1 FROM task WHERE steps = 1')) as unknown[];
      return rows.length === 12;
    });
    expect(most).toBe(3);
  });

  it('finishes its steps when it stops, and begins no further one', async () => {
    for (let n = 0; n < 10; n++) await insert(`t${n}`);
    let begun = 0;
    const step = async (lease: Lease) => {
      begun++;
      await sleep(50);
      await save(lease);
    };
    const work = run('one', step, { concurrency: 2 });
    await eventually(() => begun > 0);
    await work.stop();
    const saved = (await tasks.db.worker.query('SELECT 1 FROM task WHERE steps = 1')) as unknown[];
    expect(saved).toHaveLength(begun);
    expect(begun).toBeLessThan(10);
  });

  it('goes on after the database broke its connections', async () => {
    run('one', (lease) => save(lease));
    await sleep(50);
    await tasks.db.worker
      .query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid()',
      )
      .catch(() => undefined);
    await insert('t');
    await eventually(async () => (await row('t')).steps === 1);
  });
});
