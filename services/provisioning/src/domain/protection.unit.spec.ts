import fc from 'fast-check';
import { NO_BUDGET } from '@cleanroom/kernel';
import { untouched, type Machine } from './machine.js';
import { nextStep } from './next-step.js';
import { jobsTaken, NO_JOBS } from './pool.js';
import type { Runner } from './runner.js';
import { everyJobPool } from '../../test/every-job-pool.js';

const now = new Date('2026-11-23T09:30:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

const pool = everyJobPool;

const ready = {
  ...untouched,
  generation: 2,
  serverId: 42,
  orderedAt: minutesAgo(20),
  orderSentAt: minutesAgo(20),
  createdAt: minutesAgo(20),
  readyAt: minutesAgo(15),
  lastReportAt: minutesAgo(0.5),
  enrolledGeneration: 2,
  protectedGeneration: 2,
  startedGeneration: 2,
  gitlabRunnerId: 9,
  gitlabTakes: jobsTaken(pool),
} as unknown as Machine;

const runner = {
  state: 'IDLE',
  stateSince: minutesAgo(10),
  wanted: true,
  draining: false,
  retiring: false,
} as unknown as Runner;

const stepOf = (machine: Partial<Machine>, change: Partial<Runner> = {}) =>
  nextStep(
    {
      runner: { ...runner, ...change },
      machine: { ...ready, ...machine },
      pool,
      orderLack: null,
      budget: NO_BUDGET,
      workingSince: minutesAgo(600),
      hearingSince: minutesAgo(600),
    },
    now,
  );

const bare = { protectedGeneration: 0, unprotectedSince: minutesAgo(1) };

describe('a machine whose firewalls are not in force', () => {
  it('takes no job while it waits for one, whatever else is true of it', () => {
    const situation = fc.record({
      state: fc.constantFrom('IDLE' as const, 'ENROLLING' as const),
      wanted: fc.boolean(),
      protectedGeneration: fc.constantFrom(0, 1),
      unprotectedSince: fc.option(
        fc.integer({ min: 0, max: 5 }).map((minutes) => minutesAgo(minutes)),
        { nil: null },
      ),
      gitlabTakes: fc.constantFrom('', jobsTaken(pool), jobsTaken({ ...pool, tags: ['arm'] }), NO_JOBS),
      minute: fc.integer({ min: 4, max: 125 }),
    });
    fc.assert(
      fc.property(situation, ({ state, wanted, minute, ...machine }) => {
        const step = stepOf(
          { ...machine, createdAt: minutesAgo(minute) },
          { state, wanted, stateSince: minutesAgo(1) },
        );
        if (machine.gitlabTakes !== NO_JOBS) expect(['update-gitlab-runner', 'move']).toContain(step.kind);
        if (step.kind === 'move') expect(['DRAINING', 'STOPPING']).toContain(step.to);
      }),
      { numRuns: 2_000 },
    );
  });

  it('waits without one, and takes jobs again once it is protected', () => {
    const until = new Date(bare.unprotectedSince.getTime() + 120_000);
    expect(stepOf({ ...bare, gitlabTakes: NO_JOBS })).toEqual({ kind: 'wait', until });
    expect(stepOf({ gitlabTakes: NO_JOBS })).toEqual({ kind: 'update-gitlab-runner' });
    expect(stepOf({})).toMatchObject({ kind: 'wait' });
  });

  it('is replaced where it stays so', () => {
    const since = { ...bare, unprotectedSince: minutesAgo(2), gitlabTakes: NO_JOBS };
    expect(stepOf(since)).toMatchObject({
      to: 'DRAINING',
      reason: 'its firewalls are not in force',
      failed: true,
    });
  });

  it('finishes the job that runs there', () => {
    expect(stepOf({ ...bare, unprotectedSince: minutesAgo(9), jobStarted: true })).toMatchObject({
      to: 'BUSY',
    });
    expect(stepOf({ ...bare, jobStarted: true }, { state: 'BUSY' })).toEqual({ kind: 'confirm-job-over' });
  });
});
