import { fixedClock } from '@cleanroom/testing';
import { requestDrain } from '../src/actions/request-drain.js';
import { wakeRunner } from '../src/actions/wake-runner.js';
import type { Machine } from '../src/domain/machine.js';
import type { Runner } from '../src/domain/runner.js';
import { idleRunner } from './idle-runner.js';

const created = new Date('2026-11-23T09:00:00Z');
const at = (minute: number) => new Date(created.getTime() + minute * 60_000);

/** Wakes a runner whose machine is so many minutes old, and does something before it is looked at. */
async function wake(
  minute: number,
  given: { runner?: Partial<Runner>; machine?: Partial<Machine>; until?: Date },
) {
  const machine = { createdAt: created, ...given.machine };
  const world = await idleRunner(fixedClock(at(minute).toISOString()), { ...given, machine, works: false });
  try {
    const { ports, organizationId, runnerId } = world;
    const answer = await wakeRunner(ports, organizationId, runnerId, { until: given.until, actor: 'spec' });
    const drained = await requestDrain(ports, organizationId, runnerId, 'spec');
    return { answer, drained };
  } finally {
    await world.stop();
  }
}

describe('waking a runner without saying until when', () => {
  it.each<[string, number, Partial<Runner>, number]>([
    ['in its paid hour', 20, {}, 57],
    ['just before the end of its paid hour', 57.5, {}, 117],
    ['in the last minute of its paid hour', 59.5, {}, 117],
    ['that drains', 20, { state: 'DRAINING' }, 76.5],
    ['that is about to drain', 20, { draining: true }, 76.5],
    ['that stops', 58, { state: 'STOPPING' }, 114.5],
    ['that sleeps', 20, { state: 'ASLEEP', machineId: null }, 76.5],
  ])('%s, at minute %d', async (_, minute, runner, until) => {
    const { answer } = await wake(minute, { runner });
    expect(answer).toMatchObject({ value: { pinnedUntil: at(until), retryAt: null } });
  });
});

it('waking a runner until a moment that has passed is refused at its field', async () => {
  const { answer } = await wake(20, { until: at(19) });
  expect(answer).toMatchObject({ refusals: [{ code: 'INVALID', path: ['until'] }] });
});

it('a drain replaces the machine of a runner that was woken by hand, and is no pause', async () => {
  const { drained } = await wake(20, { until: at(300) });
  expect(drained).toMatchObject({ value: { draining: true, pinnedUntil: at(300) } });
});

it.each(['REQUESTED', 'ASLEEP'] as const)('a drain of a runner that is %s is refused', async (state) => {
  const { drained } = await wake(20, { runner: { state, machineId: null } });
  expect(drained).toMatchObject({ refusals: [{ code: 'NOT_ALLOWED', path: ['id'] }] });
});

describe('a drain of a runner that was woken by hand to the end of a paid hour', () => {
  it('orders no other machine for what is left of it', async () => {
    const { drained } = await wake(20, {});
    expect(drained).toMatchObject({ value: { draining: true, pinnedUntil: null } });
  });

  it('is no end of that of the machine that follows', async () => {
    const { drained } = await wake(58, { runner: { state: 'STOPPING' } });
    expect(drained).toMatchObject({ value: { draining: true, pinnedUntil: at(114.5) } });
  });
});

describe('the wakes of a runner that was woken by hand', () => {
  it('are those of the caller once, and then of the system, with what the caller asked for', async () => {
    const asleep = { state: 'ASLEEP', machineId: null } as const;
    const world = await idleRunner(fixedClock(at(20)), { runner: asleep, works: false });
    try {
      const { ports, organizationId, runnerId } = world;
      await wakeRunner(ports, organizationId, runnerId, { until: at(300), actor: 'spec' });
      for (const wake of [1, 2]) {
        await world.db.asAdmin('UPDATE machine SET deleted_at = now()');
        await world.step();
        expect(await world.runner()).toMatchObject({ state: 'STARTING', attempt: 1 + wake });
        await world.db.asAdmin(`UPDATE runner SET state = 'ASLEEP', machine_id = NULL`);
      }
      const timeline = await world.db.asAdmin(
        `SELECT message, actor FROM timeline WHERE message LIKE '%woken%' ORDER BY id`,
      );
      expect(timeline).toEqual([
        { message: 'woken by spec', actor: 'user: spec' },
        {
          message: 'woken: it is kept awake until 2026-11-23T14:00:00.000Z, as asked by spec',
          actor: 'provisioning',
        },
      ]);
    } finally {
      await world.stop();
    }
  });

  it('are none of the caller where it was awake', async () => {
    const { answer } = await wake(20, { until: at(300) });
    expect(answer).toMatchObject({ value: { wantedBy: 'provisioning' } });
  });
});
