import fc from 'fast-check';
import { NO_BUDGET } from '@cleanroom/kernel';
import { forNextJob, isReady, mayRunNext, untouched, type Machine } from './machine.js';
import { nextStep } from './next-step.js';
import type { Situation } from './step.js';
import { jobsTaken } from './pool.js';
import type { Runner } from './runner.js';
import { everyJobPool } from '../../test/every-job-pool.js';

const now = new Date('2026-11-23T09:30:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

const pool = { ...everyJobPool, freshMachine: 'EVERY_START' } as const satisfies Situation['pool'];

const ready: Machine = {
  ...untouched,
  id: 'mach_1',
  organizationId: 'org_1',
  runnerId: 'run_1',
  poolId: 'pool_1',
  hetznerProjectId: 'hp_1',
  attempt: 1,
  serverType: 'cx23',
  location: 'fsn1',
  address: '127.64.0.1',
  primaryIpId: 7,
  serverId: 42,
  orderedAt: minutesAgo(20),
  orderSentAt: minutesAgo(20),
  createdAt: minutesAgo(20),
  readyAt: minutesAgo(15),
  lastReportAt: minutesAgo(0.5),
  ticketExpiresAt: minutesAgo(10),
  enrolledGeneration: 1,
  protectedGeneration: 1,
  startedGeneration: 1,
  gitlabRunnerId: 9,
  gitlabTakes: jobsTaken(pool),
  hasGitlabToken: true,
};

const runner: Runner = {
  id: 'run_1',
  organizationId: 'org_1',
  poolId: 'pool_1',
  hetznerProjectId: 'hp_1',
  version: 1,
  name: 'linux-1',
  seat: 0,
  state: 'IDLE',
  stateSince: minutesAgo(10),
  stateReason: null,
  trouble: null,
  attempt: 1,
  failures: 0,
  machineId: 'mach_1',
  primaryIpId: 7,
  address: '127.64.0.1',
  location: 'fsn1',
  wanted: true,
  wantedBecause: null,
  wantedBy: 'scheduling',
  retryAt: null,
  pinnedUntil: null,
  draining: false,
  retiring: false,
  ipReleased: false,
  heldByBudget: false,
};

const stepOf = (change: {
  runner?: Partial<Runner>;
  machine?: Partial<Machine>;
  pool?: Partial<Situation['pool']>;
}) =>
  nextStep(
    {
      runner: { ...runner, ...change.runner },
      machine: { ...ready, ...change.machine },
      pool: { ...pool, ...change.pool },
      orderLack: null,
      budget: NO_BUDGET,
      workingSince: minutesAgo(600),
      hearingSince: minutesAgo(600),
    },
    now,
  );

const jobOver = { jobStarted: true, jobOver: true, quiet: true, gitlabJobId: 7 };
const afterOneJob = forNextJob({ ...ready, ...jobOver });

describe('a machine of an EVERY_START pool', () => {
  it('is idle again after a job, and busy again with the next', () => {
    expect(stepOf({ runner: { state: 'BUSY' }, machine: jobOver })).toMatchObject({
      kind: 'move',
      to: 'IDLE',
    });
    const started = { ...afterOneJob, startedGeneration: 1 };
    expect(stepOf({ machine: started })).toMatchObject({ kind: 'wait' });
    expect(stepOf({ machine: { ...started, jobStarted: true } })).toMatchObject({ kind: 'move', to: 'BUSY' });
  });

  it('remembers that it is used, and is ready for the next job with the runner that it has', () => {
    const next = { ...ready, ...jobOver, ...afterOneJob };
    expect(next.doneJobs).toEqual(['7']);
    expect(isReady(next)).toBe(true);
    expect(mayRunNext(next, pool)).toBe(true);
  });

  it('is not ready where its runner took only one job, before it has started it again', () => {
    const one = { ...ready, ...jobOver, maxBuilds: 1 };
    const next = { ...one, ...forNextJob(one) };
    expect([isReady(next), next.maxBuilds]).toEqual([false, null]);
  });

  it('is replaced where it lives but starts no runner', () => {
    const late = {
      runner: { stateSince: minutesAgo(6) },
      machine: { ...afterOneJob, startedGeneration: 0 },
    };
    expect(stepOf(late)).toMatchObject({ to: 'DRAINING', reason: 'its machine starts no runner' });
    expect(stepOf({ ...late, runner: { stateSince: minutesAgo(1) } })).toMatchObject({ kind: 'wait' });
  });

  it('takes no further job once its pool wants a fresh machine for every job', () => {
    const used = { ...afterOneJob, startedGeneration: 1 };
    const step = stepOf({ machine: used, pool: { freshMachine: 'EVERY_JOB' } });
    expect(step).toMatchObject({ to: 'DRAINING', reason: 'a job ran on its machine' });
  });

  it('is never rebuilt, and after its age, a drain or a pause never idle again', () => {
    const change = fc.record({
      draining: fc.boolean(),
      paused: fc.boolean(),
      wanted: fc.boolean(),
      ageMinutes: fc.integer({ min: 1, max: 3_000 }),
    });
    fc.assert(
      fc.property(change, ({ draining, paused, wanted, ageMinutes }) => {
        const step = stepOf({
          runner: { state: 'BUSY', draining, wanted },
          machine: { ...jobOver, orderedAt: minutesAgo(ageMinutes) },
          pool: { paused },
        });
        const ends = draining || paused || ageMinutes * 60 >= pool.maxMachineAgeSeconds;
        expect(step).toMatchObject({ kind: 'move', to: ends ? 'STOPPING' : 'IDLE' });
      }),
    );
  });
});

describe('a used generation', () => {
  it('never waits for a job in an EVERY_JOB pool, whatever else is true', () => {
    const situation = fc.record({
      startedGeneration: fc.constantFrom(0, 1),
      wanted: fc.boolean(),
      gitlabTakes: fc.constantFrom('', jobsTaken(pool)),
      idleMinutes: fc.integer({ min: 0, max: 120 }),
    });
    fc.assert(
      fc.property(situation, ({ startedGeneration, wanted, gitlabTakes, idleMinutes }) => {
        const step = stepOf({
          runner: { wanted, stateSince: minutesAgo(idleMinutes) },
          machine: { ...afterOneJob, startedGeneration, gitlabTakes },
          pool: { freshMachine: 'EVERY_JOB' },
        });
        expect(step).toMatchObject({ kind: 'move', to: 'DRAINING' });
      }),
    );
  });
});

describe('a machine that nobody wants', () => {
  const at = (minute: number) => ({ createdAt: minutesAgo(minute), orderedAt: minutesAgo(minute) });

  it('goes while its deletion comes in time, and otherwise stays for the hour that is lost anyway', () => {
    const goesAt = (minute: number) =>
      stepOf({ runner: { wanted: false }, machine: at(minute) }).kind === 'move';
    expect([56.9, 57, 58, 58.1, 58.9, 59.5, 60, 117].map(goesAt)).toEqual([
      false,
      true,
      true,
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  it('is cleaned after a job that ended too late for its deletion', () => {
    const endsAt = (minute: number) =>
      stepOf({
        runner: { state: 'BUSY', wanted: false },
        machine: { ...jobOver, ...at(minute) },
        pool: { freshMachine: 'EVERY_JOB' },
      });
    expect(endsAt(58)).toMatchObject({ to: 'STOPPING' });
    expect(endsAt(59.5)).toMatchObject({ to: 'CLEANING' });
  });
});

describe('a machine that is as old as its pool allows', () => {
  it('goes before the hour in which it would be', () => {
    const day = (minute: number) => ({
      createdAt: minutesAgo(23 * 60 + minute),
      orderedAt: minutesAgo(23 * 60 + minute + 0.1),
    });
    expect(stepOf({ machine: day(56.9) })).toMatchObject({ kind: 'wait' });
    expect(stepOf({ machine: day(57) })).toMatchObject({ to: 'DRAINING', reason: 'its machine is too old' });
  });
});

describe('a pool whose tags change', () => {
  it('has the GitLab runners of waiting machines changed, once', () => {
    expect(stepOf({ pool: { tags: ['arm'] } })).toEqual({ kind: 'update-gitlab-runner' });
    expect(stepOf({ pool: { runUntagged: true } })).toEqual({ kind: 'update-gitlab-runner' });
    expect(stepOf({ pool: { protectedRefsOnly: true } })).toEqual({ kind: 'update-gitlab-runner' });
    const told = { gitlabTakes: jobsTaken({ ...pool, tags: ['arm'], runUntagged: false }) };
    expect(stepOf({ machine: told, pool: { tags: ['arm'] } })).toMatchObject({ kind: 'wait' });
  });

  it('tells the same tags in another order apart from other tags', () => {
    const of = (...tags: string[]) => jobsTaken({ ...pool, tags, runUntagged: false });
    expect(of('a', 'b')).toBe(of('b', 'a'));
    expect(of('a,b')).not.toBe(of('a', 'b'));
  });

  it('does not keep a machine from sleeping, draining or being replaced', () => {
    const tags = { tags: ['arm'] };
    expect(stepOf({ pool: { ...tags, paused: true } })).toMatchObject({ to: 'DRAINING' });
    expect(stepOf({ pool: tags, runner: { draining: true } })).toMatchObject({ to: 'DRAINING' });
    const hourEnds = { createdAt: minutesAgo(58), orderedAt: minutesAgo(58) };
    expect(stepOf({ pool: tags, runner: { wanted: false }, machine: hourEnds })).toMatchObject({
      to: 'DRAINING',
    });
  });
});
