import { eventually, fixedClock } from '@cleanroom/testing';
import { taskTable } from '../test/task-table.js';
import type { Lease } from './lease.js';

describe('leased work that fails', () => {
  const tasks = taskTable();
  const { insert, save, run, row } = tasks;

  it('puts a failing row off, longer each time, while others go on', async () => {
    const clock = fixedClock('2026-03-02T08:00:00Z');
    await insert('bad');
    await insert('good');
    const errors: unknown[] = [];
    const step = async (lease: Lease) => {
      if (lease.id === 'bad') throw new Error('the provider is away');
      await save(lease);
    };
    run('one', step, { clock, pollMilliseconds: 20, onFailure: (error) => errors.push(error) });
    await eventually(async () => (await row('bad')).lease_failures === 1);
    await eventually(async () => (await row('good')).steps === 1);
    expect((await row('bad')).due_at).toEqual(new Date('2026-03-02T08:00:01Z'));
    expect((await row('bad')).lease_owner).toBeNull();
    clock.advance(1_000);
    await eventually(async () => (await row('bad')).lease_failures === 2);
    expect((await row('bad')).due_at).toEqual(new Date('2026-03-02T08:00:03Z'));
    expect(errors).toHaveLength(2);
  });

  it('puts a row off whose step threw what may be expected, and does not call that a failure', async () => {
    class Away extends Error {}
    await insert('away');
    await insert('bad');
    const errors: unknown[] = [];
    const step = ({ id }: Lease) => Promise.reject(id === 'away' ? new Away() : new Error('a bug'));
    run('one', step, {
      clock: fixedClock('2026-03-02T08:00:00Z'),
      isExpected: (error) => error instanceof Away,
      onFailure: (error) => errors.push(error),
    });
    for (const id of ['away', 'bad']) await eventually(async () => (await row(id)).lease_failures === 1);
    expect(errors).toEqual([new Error('a bug')]);
  });

  it('says that it cannot look for due rows, and finds them when it can', async () => {
    const errors: unknown[] = [];
    await insert('t');
    await tasks.db.asAdmin('ALTER TABLE task RENAME TO away');
    run('one', (lease) => save(lease), { pollMilliseconds: 20, onFailure: (error) => errors.push(error) });
    await eventually(() => errors.length > 1);
    await tasks.db.asAdmin('ALTER TABLE away RENAME TO task');
    await eventually(async () => (await row('t')).steps === 1);
  });
});
