import { systemClock } from '@cleanroom/kernel';
import { takeReport } from '../src/actions/take-report.js';
import type { Machine } from '../src/domain/machine.js';
import type { Runner } from '../src/domain/runner.js';
import { ProviderError } from '../src/ports.js';
import { idleRunner } from './idle-runner.js';

let world: Awaited<ReturnType<typeof idleRunner>>;
afterEach(() => world.stop());

const minuteAgo = () => new Date(Date.now() - 60_000);
/** Its runner was told to take jobs until it is told otherwise; GitLab's credentials are not accepted. */
const withoutGitLab = async (state: Runner['state'], machine: Partial<Machine> = {}): Promise<void> => {
  world = await idleRunner(systemClock, {
    runner: { state, stateSince: minuteAgo() },
    machine: { maxBuilds: 0, ...machine },
    servers: { delete: async () => undefined, find: async () => undefined },
    works: false,
  });
  Object.assign(world.ports.providers, { gitlabOf: async () => undefined });
};
const says = (report: { event: 'ALIVE' | 'JOB_STARTED'; busy?: boolean | null; gitlabJobId?: number }) =>
  takeReport(world.ports, world.organizationId, world.machineId, { generation: 1, ...report });
const isGone = async () => {
  const [machine] = await world.db.asAdmin('SELECT deleted_at FROM machine WHERE id = $1', [world.machineId]);
  return machine?.deleted_at !== null;
};
const steps = async (number: number) => {
  for (let step = 0; step < number; step++) await world.step();
};

describe('a machine that is to go while GitLab cannot be asked', () => {
  it.each(['DRAINING', 'STOPPING'] as const)('stays in %s while it says nothing of a job', async (state) => {
    await withoutGitLab(state);
    await says({ event: 'ALIVE' });
    await says({ event: 'ALIVE', busy: null });
    await steps(4);
    expect(await world.runner()).toMatchObject({ state });
    expect(await isGone()).toBe(false);
  });

  it('tells people why it stays', async () => {
    await withoutGitLab('DRAINING');
    await world.step();
    expect(await world.runner()).toMatchObject({
      stateReason: expect.stringContaining('whether a job runs'),
    });
  });

  it.each(['DRAINING', 'STOPPING'] as const)(
    'goes from %s once it says that it has no job',
    async (state) => {
      await withoutGitLab(state);
      await world.step();
      await world.db.asAdmin('UPDATE runner SET due_at = NULL');
      await says({ event: 'ALIVE', busy: false });
      expect(await world.db.asAdmin('SELECT 1 FROM runner WHERE due_at IS NOT NULL')).toHaveLength(1);
      await steps(4);
      expect(await isGone()).toBe(true);
    },
  );

  it.each([
    ['says that it has one', { event: 'ALIVE', busy: true }],
    ['begins one', { event: 'JOB_STARTED', gitlabJobId: 7 }],
  ] as const)('stays where it said that it has no job, and then %s', async (_, report) => {
    await withoutGitLab('DRAINING');
    await says({ event: 'ALIVE', busy: false });
    await says(report);
    await steps(3);
    expect(await world.runner()).toMatchObject({ state: 'DRAINING' });
  });

  it('stays where GitLab refuses the credentials just when it is asked whether a job runs', async () => {
    await withoutGitLab('STOPPING');
    const refuses = async () => {
      throw new ProviderError('credentials-invalid', 'no');
    };
    Object.assign(world.ports.providers, {
      gitlabOf: async () => ({ pause: refuses, hasRunningJob: refuses }),
    });
    await steps(3);
    expect(await isGone()).toBe(false);
    expect(await world.runner()).toMatchObject({ state: 'STOPPING' });
  });
});

describe('a machine of a series of jobs while GitLab cannot be asked', () => {
  it('is not done with its jobs because one is over', async () => {
    await withoutGitLab('BUSY', { jobStarted: true, jobOver: true, gitlabJobId: 7 });
    await steps(2);
    expect(await world.runner()).toMatchObject({ state: 'BUSY' });
    await says({ event: 'ALIVE', busy: false });
    await steps(2);
    expect(await world.runner()).toMatchObject({ state: 'IDLE' });
  });
});
