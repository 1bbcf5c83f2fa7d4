import { NO_BUDGET, type BudgetHold } from '@cleanroom/kernel';
import { untouched, type Machine } from './machine.js';
import { nextStep } from './next-step.js';
import { orderLack, type OrderLack } from './order-lack.js';
import { jobsTaken } from './pool.js';
import type { Runner } from './runner.js';
import { everyJobPool } from '../../test/every-job-pool.js';

const now = new Date('2026-11-23T09:30:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const soon = new Date(now.getTime() + 60_000);

const pool = everyJobPool;
const blocks: BudgetHold = { ...NO_BUDGET, holds: true, blocks: true };

const prepared = { usable: true, sshKeyId: 1, baselineFirewallId: 2 };
const noFirewall = orderLack({ project: { ...prepared, baselineFirewallId: 0 }, gitlab: prepared });

const stepOf = (
  runner: Partial<Runner>,
  machine: Partial<Machine> | undefined,
  budget: BudgetHold,
  lack: OrderLack | null = null,
) =>
  nextStep(
    {
      runner: {
        ...{ state: 'IDLE', stateSince: minutesAgo(1), wanted: true, draining: false, retiring: false },
        ...{ primaryIpId: 7, retryAt: null, heldByBudget: false },
        ...runner,
      } as Runner,
      machine: machine && ({ ...untouched, ...machine } as Machine),
      pool,
      orderLack: lack,
      budget,
      workingSince: minutesAgo(600),
      hearingSince: minutesAgo(600),
    },
    now,
  );

describe('a wanted runner that sleeps under a budget that has refused another', () => {
  const asleep = (runner: Partial<Runner>, refusedUntil: Date | null) =>
    stepOf({ state: 'ASLEEP', ...runner }, undefined, { ...blocks, refusedUntil });

  it('is held back, and then waits', () => {
    expect(asleep({}, soon)).toEqual({ kind: 'hold-for-budget' });
    expect(asleep({ heldByBudget: true }, soon)).toEqual({ kind: 'wait', until: soon });
  });

  it('is tried again once the budget may have room', () => {
    expect(asleep({ heldByBudget: true }, minutesAgo(1))).toEqual({ kind: 'forget-refusal' });
    expect(asleep({}, minutesAgo(1))).toEqual({ kind: 'begin-order' });
  });

  it('says nothing of the budget while nobody wants it, or while something else is in its way', () => {
    expect(asleep({ wanted: false }, soon)).toEqual({ kind: 'wait', until: null });
    expect(asleep({ retryAt: soon }, soon)).toEqual({ kind: 'wait', until: soon });
    const refused = { ...blocks, refusedUntil: soon };
    const { kind } = stepOf({ state: 'ASLEEP' }, undefined, refused, noFirewall);
    expect(kind).toBe('tell-lack');
  });
});

describe('a wanted runner for which no machine can be ordered yet', () => {
  const asleep = (lack: OrderLack | null, said: OrderLack | null, wanted = true) =>
    stepOf(
      { state: 'ASLEEP', wanted, stateReason: said?.reason ?? null, trouble: said?.trouble ?? null },
      undefined,
      NO_BUDGET,
      lack,
    );
  const refused = orderLack({ project: { ...prepared, usable: false }, gitlab: prepared });

  it('says for want of what, once', () => {
    expect(asleep(noFirewall, null)).toEqual({ kind: 'tell-lack', lack: noFirewall });
    expect(asleep(noFirewall, noFirewall)).toEqual({ kind: 'wait', until: null });
    expect(asleep(refused, noFirewall)).toEqual({ kind: 'tell-lack', lack: refused });
  });

  it('says so no more once that is there, and is ordered if it is still wanted', () => {
    expect(asleep(null, noFirewall, false)).toEqual({ kind: 'tell-lack', lack: null });
    expect(asleep(null, null)).toEqual({ kind: 'begin-order' });
  });
});

describe('a machine whose next hour is not granted', () => {
  const machine = (decided: number): Partial<Machine> => ({
    ...{ serverId: 42, createdAt: minutesAgo(59 - 0.4), orderedAt: minutesAgo(59), readyAt: minutesAgo(50) },
    ...{ enrolledGeneration: 1, protectedGeneration: 1, startedGeneration: 1, gitlabRunnerId: 9 },
    ...{ gitlabTakes: jobsTaken(pool), hoursAsked: 2, hoursGranted: 1, hoursDecided: decided },
  });

  it('goes, and is told apart from one whose question nobody answered', () => {
    expect(stepOf({}, machine(2), blocks)).toMatchObject({ to: 'DRAINING', unpaid: true });
    expect(stepOf({}, machine(1), blocks)).not.toHaveProperty('unpaid');
    expect(stepOf({}, machine(1), blocks)).toMatchObject({ to: 'DRAINING' });
  });

  it('says the same where its job ends, or where it is not ready yet', () => {
    const done = { ...machine(2), quiet: true, jobStarted: true, jobOver: true };
    expect(stepOf({ state: 'BUSY' }, done, blocks)).toMatchObject({ to: 'STOPPING', unpaid: true });
    const enrolling = stepOf({ state: 'ENROLLING' }, { ...machine(2), startedGeneration: 0 }, blocks);
    expect(enrolling).toMatchObject({ to: 'STOPPING', unpaid: true });
  });
});

describe('an order that names an address', () => {
  const starting = (primaryIpId: number, machine: Partial<Machine>) =>
    stepOf({ state: 'STARTING', primaryIpId, retryAt: soon }, { primaryIpId: 7, ...machine }, NO_BUDGET);

  it('is begun anew once its runner has another, or none', () => {
    expect(starting(7, {})).toEqual({ kind: 'wait', until: soon });
    expect(starting(8, {})).toMatchObject({ kind: 'move', to: 'ASLEEP' });
    expect(starting(0, {})).toMatchObject({ kind: 'move', to: 'ASLEEP' });
  });

  it('is looked for at Hetzner where it was sent', () => {
    expect(starting(8, { orderSentAt: minutesAgo(0.5) })).toEqual({ kind: 'wait', until: soon });
  });
});

describe('a runner that nobody wants any more', () => {
  const starting = (machine: Partial<Machine>) =>
    stepOf({ state: 'STARTING', wanted: false, primaryIpId: 7 }, { primaryIpId: 7, ...machine }, NO_BUDGET);

  it('is not ordered where its order has not gone out', () => {
    expect(starting({})).toEqual({ kind: 'move', to: 'ASLEEP', reason: 'it is no longer wanted' });
  });

  it('has its order settled where that may have reached Hetzner', () => {
    expect(starting({ orderSentAt: minutesAgo(0.5) })).toEqual({ kind: 'order-server' });
  });
});
