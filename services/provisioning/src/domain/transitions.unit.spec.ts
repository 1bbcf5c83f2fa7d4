import fc from 'fast-check';
import { NO_BUDGET } from '@cleanroom/kernel';
import type { Machine } from './machine.js';
import { NO_JOBS } from './pool.js';
import { nextStep } from './next-step.js';
import type { Situation } from './step.js';
import { runnerStates } from './runner-state.js';
import { checkTransition, checkTransitionTable, IllegalTransition, transitions } from './transitions.js';

const now = new Date('2026-11-23T09:30:00Z');
const around = fc
  .integer({ min: -7_200, max: 7_200 })
  .map((seconds) => new Date(now.getTime() + seconds * 1000));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const bit = fc.constantFrom(0, 1, 2);

const machine: fc.Arbitrary<Machine> = fc.record({
  id: fc.constant('mach_1'),
  organizationId: fc.constant('org_1'),
  runnerId: fc.constant('run_1'),
  poolId: fc.constant('pool_1'),
  hetznerProjectId: fc.constant('hp_1'),
  version: fc.constant(1),
  generation: fc.constantFrom(1, 2),
  attempt: fc.constant(1),
  serverType: fc.constant('cx23'),
  location: fc.constant('fsn1'),
  address: fc.constant('127.64.0.1'),
  primaryIpId: fc.constant(1),
  serverId: bit,
  orderedAt: around,
  orderSentAt: maybe(around),
  createdAt: maybe(around),
  hourlyMicros: fc.constant(null),
  monthlyCapMicros: fc.constant(null),
  readyAt: maybe(around),
  lastSeenAt: maybe(around),
  deletedAt: maybe(around),
  credentialRevoked: fc.boolean(),
  ticketExpiresAt: around,
  enrolledGeneration: bit,
  protectedGeneration: bit,
  startedGeneration: bit,
  unprotectedSince: maybe(around),
  gitlabRunnerId: bit,
  gitlabIntentGeneration: bit,
  gitlabTakes: fc.constantFrom('', NO_JOBS, '[["linux"],false,false]'),
  hasGitlabToken: fc.boolean(),
  jobStarted: fc.boolean(),
  jobOver: fc.boolean(),
  gitlabJobId: bit,
  claimedJobId: bit,
  doneJobs: fc.constantFrom([], ['1']),
  quiet: fc.boolean(),
  lastReportAt: maybe(around),
  idleSaidAt: maybe(around),
  maxBuilds: fc.constantFrom(null, 0, 1),
  failedGeneration: bit,
  rebuildIntentAt: maybe(around),
  rebuildSent: fc.boolean(),
  quarantined: fc.boolean(),
  vanished: fc.boolean(),
  absentSince: maybe(around),
  deleteSentAt: maybe(around),
  deleteActionId: bit,
  deleteStartedAt: maybe(around),
  allowedTypes: fc.constant(['cx23']),
  hoursAsked: bit,
  hoursDecided: bit,
  hoursGranted: bit,
  spendReason: fc.constant(null),
});

const situation: fc.Arbitrary<Situation> = fc.record({
  runner: fc.record({
    id: fc.constant('run_1'),
    organizationId: fc.constant('org_1'),
    poolId: fc.constant('pool_1'),
    hetznerProjectId: fc.constant('hp_1'),
    version: fc.constant(1),
    name: fc.constant('linux-1'),
    seat: fc.constant(0),
    state: fc.constantFrom(...runnerStates),
    stateSince: around,
    stateReason: fc.constant(null),
    trouble: fc.constant(null),
    attempt: fc.constant(1),
    failures: fc.constant(0),
    machineId: fc.constant('mach_1'),
    primaryIpId: bit,
    address: fc.constant('127.64.0.1'),
    location: fc.constant('fsn1'),
    wanted: fc.boolean(),
    wantedBecause: fc.constant(null),
    wantedBy: fc.constant('scheduling'),
    retryAt: maybe(around),
    pinnedUntil: maybe(around),
    draining: fc.boolean(),
    retiring: fc.boolean(),
    ipReleased: fc.boolean(),
    heldByBudget: fc.boolean(),
  }),
  pool: fc.record({
    paused: fc.boolean(),
    deleting: fc.boolean(),
    freshMachine: fc.constantFrom('EVERY_JOB' as const, 'EVERY_START' as const),
    tags: fc.constant(['linux']),
    runUntagged: fc.boolean(),
    protectedRefsOnly: fc.boolean(),
    idleTimeoutSeconds: fc.constantFrom(0, 300),
    maxMachineAgeSeconds: fc.constantFrom(3_600, 86_400),
  }),
  machine: fc.option(machine, { nil: undefined }),
  orderLack: maybe(fc.constant({ reason: 'not yet', trouble: 'UNPREPARED' as const })),
  budget: fc.record({
    holds: fc.boolean(),
    blocks: fc.boolean(),
    refusedUntil: maybe(around),
    refusedBecause: fc.constant(null),
  }),
  workingSince: around,
  hearingSince: around,
});

describe('the life of a runner', () => {
  it('has a table in which every state can be reached and left', () => {
    expect(checkTransitionTable).not.toThrow();
  });

  it('makes only moves that the table knows, whatever the situation', () => {
    fc.assert(
      fc.property(situation, (one) => {
        const step = nextStep(one, now);
        if (step.kind === 'move') expect(transitions[one.runner.state]).toContain(step.to);
      }),
      { numRuns: 5_000 },
    );
  });

  it('refuses every edge that is not in the table', () => {
    for (const from of runnerStates) {
      for (const to of runnerStates.filter((state) => !transitions[from].includes(state))) {
        expect(() => checkTransition(from, to)).toThrow(IllegalTransition);
      }
    }
  });

  it('never waits for a moment that has passed, or it would wait for ever in a busy loop', () => {
    fc.assert(
      fc.property(situation, (one) => {
        const step = nextStep(one, now);
        if (step.kind === 'wait' && step.until) expect(step.until.getTime()).toBeGreaterThan(now.getTime());
      }),
      { numRuns: 5_000 },
    );
  });

  it('deletes no server while a job may run on it', () => {
    const working = situation.map((one) => ({
      ...one,
      runner: { ...one.runner, state: 'BUSY' as const },
      machine: one.machine && { ...one.machine, quiet: false, vanished: false, quarantined: false },
    }));
    fc.assert(
      fc.property(working, (one) => {
        if (one.machine) expect(['wait', 'confirm-job-over', 'ask-hours']).toContain(nextStep(one, now).kind);
      }),
    );
  });

  it('orders nothing that a hard budget has not granted', () => {
    const starting = situation.map((one) => ({
      ...one,
      runner: { ...one.runner, state: 'STARTING' as const },
      budget: { ...one.budget, holds: true, blocks: true },
      machine: one.machine && { ...one.machine, orderSentAt: null },
    }));
    fc.assert(
      fc.property(starting, (one) => {
        const isOrdered = nextStep(one, now).kind === 'order-server';
        if (isOrdered) expect(one.machine?.hoursGranted).toBeGreaterThan(0);
      }),
      { numRuns: 3_000 },
    );
  });

  it('becomes IDLE only when enrolled, protected, with a GitLab runner that was started, all of this generation', () => {
    const enrolling = situation.map((one) => ({
      ...one,
      runner: {
        ...one.runner,
        state: 'ENROLLING' as const,
        stateSince: now,
        draining: false,
        retiring: false,
      },
      pool: { ...one.pool, paused: false, deleting: false },
      budget: NO_BUDGET,
      machine: one.machine && { ...one.machine, vanished: false, quarantined: false, jobStarted: false },
    }));
    fc.assert(
      fc.property(enrolling, (one) => {
        if (!one.machine) return;
        const { generation, enrolledGeneration, protectedGeneration, startedGeneration, gitlabRunnerId } =
          one.machine;
        const current = [enrolledGeneration, protectedGeneration, startedGeneration].every(
          (other) => other === generation,
        );
        const step = nextStep(one, now);
        const idle = step.kind === 'move' && step.to === 'IDLE';
        // An unwanted one may be given up first, when its paid hour ends.
        if (idle || one.runner.wanted) expect(idle).toBe(current && gitlabRunnerId > 0);
      }),
      { numRuns: 3_000 },
    );
  });
});
