import { NO_BUDGET } from '@cleanroom/kernel';
import { untouched, type Machine } from './machine.js';
import { nextStep } from './next-step.js';
import { jobsTaken, NO_JOBS } from './pool.js';
import type { Runner } from './runner.js';
import { everyJobPool } from '../../test/every-job-pool.js';

const now = new Date('2026-11-23T09:30:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const inMinutes = (minutes: number) => minutesAgo(-minutes);

const pool = everyJobPool;
const machine = {
  ...untouched,
  ...{ id: 'mach_1', runnerId: 'run_1', serverId: 42, gitlabRunnerId: 9, gitlabTakes: jobsTaken(pool) },
  ...{ orderedAt: minutesAgo(40), orderSentAt: minutesAgo(40), createdAt: minutesAgo(40) },
  ...{ readyAt: minutesAgo(30), lastReportAt: minutesAgo(20) },
  ...{ enrolledGeneration: 1, protectedGeneration: 1, startedGeneration: 1 },
} as unknown as Machine;
const runner = {
  ...{ state: 'IDLE', stateSince: minutesAgo(30), stateReason: null, wanted: true, draining: false },
  ...{ retiring: false, retryAt: null, failures: 0 },
} as Runner;

interface Change {
  readonly machine?: Partial<Machine>;
  readonly runner?: Partial<Runner>;
  /** Where machines could not reach us for longer than we were away. */
  readonly hearingSince?: Date;
}

const stepOf = (workingSince: Date, change: Change = {}) =>
  nextStep(
    {
      ...{ pool, orderLack: null, budget: NO_BUDGET, workingSince },
      hearingSince: change.hearingSince ?? workingSince,
      runner: { ...runner, ...change.runner },
      machine: { ...machine, ...change.machine },
    },
    now,
  );

describe('a machine that has said nothing for twenty minutes', () => {
  it('is silent where it could be heard for five of them', () => {
    expect(stepOf(minutesAgo(5))).toMatchObject({ to: 'DRAINING', reason: 'its machine is silent' });
  });

  it('is waited for until it could be heard for five', () => {
    expect(stepOf(minutesAgo(4.9))).toEqual({ kind: 'wait', until: inMinutes(0.1) });
    expect(stepOf(minutesAgo(0))).toEqual({ kind: 'wait', until: inMinutes(5) });
  });

  it('may not have been heard saying that it started its runner, or that it is protected again', () => {
    const notStarted = { startedGeneration: 0 };
    expect(stepOf(minutesAgo(4), { machine: notStarted })).toEqual({ kind: 'wait', until: inMinutes(1) });
    expect(stepOf(minutesAgo(5), { machine: notStarted })).toMatchObject({ to: 'DRAINING' });
    const bare = { protectedGeneration: 0, unprotectedSince: minutesAgo(9), gitlabTakes: NO_JOBS };
    expect(stepOf(minutesAgo(1), { machine: bare })).toEqual({ kind: 'wait', until: inMinutes(1) });
  });

  it('is not silent where it never said that it lives, unless it starts no runner', () => {
    expect(stepOf(minutesAgo(600), { machine: { lastReportAt: null } })).toMatchObject({ kind: 'wait' });
    const notStarted = { lastReportAt: null, startedGeneration: 0 };
    expect(stepOf(minutesAgo(600), { machine: notStarted })).toMatchObject({ to: 'DRAINING' });
  });

  it('is asked after at GitLab at once where it is busy', () => {
    expect(stepOf(minutesAgo(0), { runner: { state: 'BUSY' } })).toEqual({ kind: 'confirm-job-over' });
  });
});

describe('a deadline that ended while nobody here worked on it', () => {
  it.each<[Runner['state'], number, Partial<Machine>]>([
    ['STARTING', 3, { serverId: 0, createdAt: null }],
    ['ENROLLING', 5, { startedGeneration: 0 }],
    ['CLEANING', 3, { rebuildIntentAt: minutesAgo(20), rebuildSent: true, gitlabRunnerId: 0 }],
  ])('of %s begins anew, for its %d minutes', (state, minutes, what) => {
    const since = (at: Date) => stepOf(at, { runner: { state }, machine: what });
    expect(since(minutesAgo(minutes))).toMatchObject({ kind: 'move', to: 'FAILED' });
    expect(since(minutesAgo(minutes - 0.1))).not.toMatchObject({ kind: 'move' });
  });
});

describe('a deadline that ended while machines could not reach us', () => {
  const deaf = { hearingSince: now };
  const stateOf = (state: Runner['state'], machine: Partial<Machine>) =>
    stepOf(minutesAgo(600), { ...deaf, runner: { state }, machine });

  it('is put off where a machine has to say something', () => {
    expect(stepOf(minutesAgo(600), deaf)).toEqual({ kind: 'wait', until: inMinutes(5) });
    expect(stateOf('ENROLLING', { startedGeneration: 0 })).not.toMatchObject({ kind: 'move' });
  });

  it('counts where Hetzner or firewall has to', () => {
    const failed = { kind: 'move', to: 'FAILED' };
    expect(stateOf('STARTING', { serverId: 0, createdAt: null })).toMatchObject(failed);
    const bare = { protectedGeneration: 0, unprotectedSince: minutesAgo(9), gitlabTakes: NO_JOBS };
    expect(stateOf('IDLE', bare)).toMatchObject({ to: 'DRAINING', reason: 'its firewalls are not in force' });
  });
});
