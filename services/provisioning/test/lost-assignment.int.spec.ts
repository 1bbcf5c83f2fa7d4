import { systemClock } from '@cleanroom/kernel';
import { takeReport } from '../src/actions/take-report.js';
import type { RunnerState } from '../src/domain/runner-state.js';
import { idleRunner } from './idle-runner.js';

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

/** GitLab says that job 7 runs on the machine, of which the machine has said nothing. */
let world: Awaited<ReturnType<typeof idleRunner>>;
afterEach(() => world.stop());

const given = async (state: RunnerState, since: Date, jobBegan = since): Promise<void> => {
  world = await idleRunner(systemClock, {
    runner: { state, stateSince: since },
    machine: { jobStarted: true, gitlabJobId: 7 },
    works: false,
  });
  Object.assign(world.gitlab, { runsJob: true, isSilent: true, jobBegan });
};
const machine = () =>
  world.ports.transactions.inOrganization(world.organizationId, (tx) => tx.machines.find(world.machineId));

describe.each<RunnerState>(['BUSY', 'DRAINING'])(
  'a machine, %s, whose job has no line in its log',
  (state) => {
    it('is retired after three minutes, and the timeline says what becomes of the job', async () => {
      await given(state, minutesAgo(4));
      await world.step();
      const reason = 'GitLab gave it job 7, which never reached it; GitLab fails that job after its time-out';
      expect(await world.runner()).toMatchObject({ state: 'STOPPING', stateReason: reason });
      expect(await machine()).toMatchObject({ quiet: true, credentialRevoked: true });
      expect(await world.db.asAdmin('SELECT message FROM timeline')).toContainEqual({
        message: reason,
      });
    });

    it('is left alone before', async () => {
      await given(state, minutesAgo(2));
      await world.step();
      expect(await world.runner()).toMatchObject({ state });
    });

    it('is left alone where the job began a moment ago, after others', async () => {
      await given(state, minutesAgo(30), minutesAgo(1));
      await world.step();
      expect(await world.runner()).toMatchObject({ state });
    });

    it('is left alone where the job has written something', async () => {
      await given(state, minutesAgo(30));
      world.gitlab.isSilent = false;
      await world.step();
      expect(await world.runner()).toMatchObject({ state });
    });

    it('is retired where the machine was given another job after it, and has done that one', async () => {
      await given(state, minutesAgo(4));
      const report = { generation: 1, gitlabJobId: 8 } as const;
      for (const event of ['JOB_STARTED', 'RUNNER_EXITED'] as const)
        await takeReport(world.ports, world.organizationId, world.machineId, { ...report, event });
      await world.step();
      expect(await world.runner()).toMatchObject({ state: 'STOPPING' });
    });

    it('is left alone where the machine says that it works on it', async () => {
      await given(state, minutesAgo(30));
      const report = { generation: 1, event: 'JOB_STARTED', gitlabJobId: 7 } as const;
      await takeReport(world.ports, world.organizationId, world.machineId, report);
      await world.step();
      expect(await world.runner()).toMatchObject({ state });
    });
  },
);
