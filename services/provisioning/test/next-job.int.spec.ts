import { JobStatus } from '@cleanroom/contracts';
import { systemClock } from '@cleanroom/kernel';
import { inOrganization } from '@cleanroom/persistence';
import { takeReport, type ReportEvent } from '../src/actions/take-report.js';
import { onJob } from '../src/adapters/events/on-job.consumer.js';
import type { Machine } from '../src/domain/machine.js';
import { afterTheDecision, idleRunner } from './idle-runner.js';

/** Of an EVERY_START pool, whose GitLab runner goes from one job to the next by itself; each spec is the worker. */
let world: Awaited<ReturnType<typeof idleRunner>>;
afterEach(() => world.stop());

const busyWithJob7 = async (more: Partial<Machine> = {}): Promise<void> => {
  const machine = { jobStarted: true, gitlabJobId: 7, ...more };
  world = await idleRunner(systemClock, { runner: { state: 'BUSY' }, machine, works: false });
};
/** GitLab has said that job 7 is over, and the runner has not moved yet. */
const doneWithJob7 = () => busyWithJob7({ jobOver: true, quiet: true });

const reports = (event: ReportEvent, gitlabJobId: number) =>
  takeReport(world.ports, world.organizationId, world.machineId, { generation: 1, event, gitlabJobId });
const gitlabTells = (status: JobStatus, gitlabJobId: bigint) =>
  inOrganization(world.db, world.organizationId, (tx) => {
    const { gitlabConnectionId } = world;
    const message = { status, gitlabRunnerId: 9n, gitlabJobId, gitlabConnectionId };
    return onJob(systemClock).handle(tx, { message } as unknown as Parameters<
      ReturnType<typeof onJob>['handle']
    >[1]);
  });
const begins8 = {
  'the machine says': () => reports('JOB_STARTED', 8),
  'GitLab says': () => gitlabTells(JobStatus.RUNNING, 8n),
};
const machine = () =>
  world.ports.transactions.inOrganization(world.organizationId, (tx) => tx.machines.find(world.machineId));

describe.each(Object.entries(begins8))('a machine that begins the next job, as %s', (_, begins) => {
  it('is busy until GitLab has spoken of that job too', async () => {
    await doneWithJob7();
    await begins();
    expect(await machine()).toMatchObject({ gitlabJobId: 8, jobOver: false, quiet: false, doneJobs: ['7'] });
    world.gitlab.runsJob = true;
    await world.step();
    expect(await world.runner()).toMatchObject({ state: 'BUSY' });
    world.gitlab.runsJob = false;
    await world.step();
    await world.step();
    expect(await world.runner()).toMatchObject({ state: 'IDLE' });
    expect(await machine()).toMatchObject({ doneJobs: ['7', '8'], jobStarted: false });
  });

  it('is not moved for the end of the one before, although that was decided a moment ago', async () => {
    await doneWithJob7();
    afterTheDecision(world.ports, begins);
    await world.step();
    expect(await world.runner()).toMatchObject({ state: 'BUSY' });
    expect(await machine()).toMatchObject({ gitlabJobId: 8, jobStarted: true, doneJobs: ['7'] });
  });

  it('is busy where GitLab had answered of the one before', async () => {
    await busyWithJob7();
    world.gitlab.calls.hasRunningJob = async () => {
      await begins();
      return false;
    };
    await world.step();
    expect(await machine()).toMatchObject({ gitlabJobId: 8, jobOver: false, quiet: false });
    expect(await world.runner()).toMatchObject({ state: 'BUSY' });
  });
});

it('the late news that an earlier job is over ends no job, and makes no other of the one that runs', async () => {
  await busyWithJob7();
  await gitlabTells(JobStatus.SUCCEEDED, 6n);
  expect(await machine()).toMatchObject({
    gitlabJobId: 7,
    jobStarted: true,
    jobOver: false,
    doneJobs: ['6'],
  });
});
