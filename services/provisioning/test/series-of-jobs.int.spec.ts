import { JobStatus } from '@cleanroom/contracts';
import { systemClock } from '@cleanroom/kernel';
import { inOrganization } from '@cleanroom/persistence';
import { startTracing } from '@cleanroom/service-kit';
import { eventually } from '@cleanroom/testing';
import { serveConfiguration } from '../src/actions/serve-configuration.js';
import { takeReport, type ReportEvent } from '../src/actions/take-report.js';
import { updatePool, type PoolUpdate } from '../src/actions/update-pool.js';
import { onJob } from '../src/adapters/events/on-job.consumer.js';
import { ProviderError } from '../src/ports.js';
import { idleRunner } from './idle-runner.js';

let world: Awaited<ReturnType<typeof idleRunner>>;
let stopTracing: Awaited<ReturnType<typeof startTracing>>;

beforeAll(async () => {
  // Log fields travel with the trace's context.
  stopTracing = await startTracing('provisioning', undefined);
});
afterAll(() => stopTracing());
beforeEach(async () => {
  world = await idleRunner(systemClock);
});
afterEach(() => world.stop());

const reports = (event: ReportEvent, jobId?: number) =>
  takeReport(world.ports, world.organizationId, world.machineId, {
    generation: 1,
    event,
    gitlabJobId: jobId,
  });
const asks = async () => {
  const { ports, organizationId, machineId } = world;
  return serveConfiguration(ports, organizationId, { machineId, generation: 1 });
};
const becomes = (state: string) => eventually(async () => (await world.runner())?.state === state);
const update = (change: PoolUpdate) => updatePool(world.ports, world.organizationId, world.poolId, change);
const machine = () =>
  world.ports.transactions.inOrganization(world.organizationId, (tx) => tx.machines.find(world.machineId));

const begins = (jobId: number) => {
  world.gitlab.runsJob = true;
  return reports('JOB_STARTED', jobId);
};
const ends = (jobId: number) => {
  world.gitlab.runsJob = false;
  return reports('RUNNER_EXITED', jobId);
};
const runJob = async (jobId: number) => {
  await begins(jobId);
  await becomes('BUSY');
  await ends(jobId);
  await becomes('IDLE');
};

const gitlabTells = (gitlabJobId: bigint) =>
  inOrganization(world.db, world.organizationId, (tx) => {
    const { gitlabConnectionId } = world;
    const message = { status: JobStatus.SUCCEEDED, gitlabRunnerId: 9n, gitlabJobId, gitlabConnectionId };
    return onJob(systemClock).handle(tx, { message } as unknown as Parameters<
      ReturnType<typeof onJob>['handle']
    >[1]);
  });

describe('a machine of an EVERY_START pool that asks after its job', () => {
  it('waits while its job runs, then gets the same GitLab runner again', async () => {
    const first = await asks();
    await begins(7);
    await becomes('BUSY');
    expect(await asks()).toEqual({ kind: 'waiting' });
    await ends(7);
    await becomes('IDLE');
    expect(await asks()).toEqual(first);
    await reports('RUNNER_STARTED');
    await runJob(8);
    expect((await machine())?.doneJobs).toEqual(['7', '8']);
  });

  it('is told to stop once it drains', async () => {
    await runJob(7);
    await world.ports.transactions.inOrganization(world.organizationId, async (tx) => {
      const runner = await tx.runners.find(world.runnerId);
      if (runner) await tx.runners.change(runner, { draining: true });
    });
    expect(await update({ idleTimeout: 'PT10M' })).toHaveProperty('value');
    await eventually(async () => (await asks()).kind === 'gone');
  });

  it('is told to stop at once when its pool wants a fresh machine for every job, and drains', async () => {
    await runJob(7);
    await update({ freshMachine: 'EVERY_JOB' });
    expect(await asks()).toEqual({ kind: 'gone' });
    await eventually(async () => (await world.runner())?.state !== 'IDLE');
    expect((await world.runner())?.stateReason).toBe('a job ran on its machine');
  });

  it('is not busy again because GitLab, or it itself, tells of a job for the second time', async () => {
    await runJob(7);
    await gitlabTells(7n);
    await reports('JOB_STARTED', 7);
    await reports('RUNNER_EXITED', 7);
    expect(await machine()).toMatchObject({ jobStarted: false, jobOver: false, startedGeneration: 0 });
    await gitlabTells(8n);
    await eventually(async () => (await machine())?.doneJobs.includes('8'));
  });

  it('counts as not started after it said that something failed, of which its timeline tells once', async () => {
    await reports('FAILED');
    await reports('FAILED');
    expect(await machine()).toMatchObject({ startedGeneration: 0 });
    const told = `SELECT 1 FROM timeline WHERE message LIKE 'the machine says: %'`;
    expect(await world.db.asAdmin(told)).toHaveLength(1);
  });

  it('goes from one job to the next with the runner that it has, by the word of GitLab alone', async () => {
    await begins(7);
    await becomes('BUSY');
    await begins(8);
    expect(await machine()).toMatchObject({ doneJobs: ['7'], gitlabJobId: 8 });
    world.gitlab.runsJob = false;
    await gitlabTells(8n);
    await becomes('IDLE');
    expect(await machine()).toMatchObject({ doneJobs: ['7', '8'], startedGeneration: 1 });
  });

  it('is told for how many jobs to start its runner, and the same until the job begins', async () => {
    expect(await asks()).toMatchObject({ kind: 'ready', maxBuilds: 0 });
    expect(await machine()).toMatchObject({ maxBuilds: 0 });
  });

  it('is replaced unused once its pool wants a fresh machine for every job, for its runner would go on', async () => {
    await asks();
    await update({ freshMachine: 'EVERY_JOB' });
    expect(await asks()).toEqual({ kind: 'gone' });
    await eventually(async () => (await world.runner())?.state !== 'IDLE');
    expect((await world.runner())?.stateReason).toBe('its runner takes several jobs');
  });
});

describe('a pool that comes to run several jobs a machine', () => {
  it.each([
    ['while its job ran', async () => true],
    ['before GitLab said whether its job ran', () => Promise.reject(new ProviderError('busy', 'not now'))],
  ])('has the GitLab runner take jobs again that was paused %s', async (_, answers) => {
    await update({ freshMachine: 'EVERY_JOB' });
    let answer: () => Promise<boolean> = answers;
    let asked = 0;
    Object.assign(world.gitlab.calls, { hasRunningJob: () => (asked++, answer()) });
    await reports('JOB_STARTED', 7);
    await becomes('BUSY');
    await reports('RUNNER_EXITED', 7);
    await eventually(() => asked > 0);
    await update({ freshMachine: 'EVERY_START' });
    answer = async () => false;
    await reports('RUNNER_EXITED', 7);
    await becomes('IDLE');
    await eventually(() => world.gitlab.told.length > 0);
  });
});

describe('a change of tags', () => {
  it('reaches the GitLab runner that waits, once', async () => {
    await update({ tags: ['arm', 'linux'], runUntagged: true });
    await eventually(() => world.gitlab.told.length > 0);
    await update({ idleTimeout: 'PT7M' });
    await runJob(7);
    expect(world.gitlab.told).toEqual([
      { tags: ['arm', 'linux'], runUntagged: true, protectedRefsOnly: false },
    ]);
  });

  it('is tried again, and the log says for which runner, pool and organisation', async () => {
    const soon = new Date(Date.now() + 200);
    world.gitlab.refuses = new ProviderError('busy', 'not now', soon);
    await update({ tags: ['arm'] });
    await eventually(() => world.gitlab.told.length === 1);
    const { organizationId: organization, runnerId: runner, poolId: pool } = world;
    const line = world.lines.find(({ msg }) => String(msg).includes('not now'));
    expect(line).toMatchObject({ organization, runner, pool, failure: 'busy' });
  });

  it('has a machine replaced whose GitLab runner is gone', async () => {
    world.gitlab.refuses = new ProviderError('not-found', 'no such runner');
    await update({ tags: ['arm'] });
    await eventually(async () => (await world.runner())?.state !== 'IDLE');
    expect(world.gitlab.told).toEqual([]);
  });
});
