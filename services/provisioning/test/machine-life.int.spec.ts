import { RunnerState, topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { Fleet, type MachineRow, type RunnerRow } from './fleet.js';
import { ProvisioningWorld } from './provisioning-world.js';
import { takeJob } from './take-job.js';

interface GitLabRunners {
  runners: { runnerId: number; description: string; deletedAt: string | null }[];
}

/** Five minutes of the product are fifteen seconds: for so long a machine is waited for, however slow its computer is. */
const SPEED = 20;
const REFUSED = 'SELECT 1 FROM hetzner_project WHERE refused_until IS NOT NULL';
let world: ProvisioningWorld;
let fleet: Fleet;

beforeAll(async () => {
  world = await ProvisioningWorld.start({ speed: SPEED });
  await world.connect();
});
beforeEach(async () => {
  fleet = await Fleet.create(world);
});
afterEach(async () => {
  await world.hetzner.steer('DELETE', 'faults');
  await world.gitlab.steer('DELETE', 'faults');
  await fleet.remove();
});
afterAll(() => world.stop());

const gitlabRunners = async () => (await world.gitlab.ledger<GitLabRunners>()).runners;
const livingGitLabRunners = async () =>
  (await gitlabRunners()).filter(({ deletedAt }) => deletedAt === null).map(({ runnerId }) => runnerId);
const fault = (provider: 'hetzner' | 'gitlab', operation: string, mode: string) =>
  world[provider].steer('POST', 'faults', { operation, mode, times: 1 });
const pause = () =>
  world.ask(`mutation($id: ID!) { pauseRunnerPool(id: $id, paused: true) { userErrors { code } } }`, {
    id: fleet.poolId,
  });
const awake = async () => {
  await world.want(fleet.poolId, 1);
  return fleet.becomeIdle();
};
const runJob = async (runner: RunnerRow, machine: MachineRow): Promise<void> => {
  const { body } = await fleet.configuration(runner, machine);
  const job = await takeJob(world.gitlab, String(body.token));
  await fleet.report(runner, machine, { event: 'JOB_STARTED', gitlabJobId: job.id });
  await fleet.reaches('BUSY');
  await job.finish();
  await fleet.report(runner, machine, { event: 'RUNNER_EXITED', gitlabJobId: job.id, exitCode: 0 });
};

describe('a machine', () => {
  it('gets no token before it is enrolled and protected, then the same one until its job starts', async () => {
    await world.want(fleet.poolId, 1);
    const runner = await fleet.reaches('ENROLLING');
    const machine = await fleet.machineOf(runner);
    expect(await fleet.configuration(runner, machine)).toEqual({
      status: 202,
      body: { status: 'NOT_PROTECTED_YET' },
    });
    expect(Number(machine.gitlab_runner_id)).toBe(0);
    await fleet.admit(runner, machine);
    const first = await eventually(async () => {
      const answer = await fleet.configuration(runner, machine);
      return answer.status === 200 && answer;
    });
    expect(await fleet.configuration(runner, machine)).toEqual(first);
    expect(first.body).toEqual({
      gitlabUrl: expect.stringMatching(/^http/),
      runnerId: expect.any(Number),
      token: expect.stringMatching(/^glrt-/),
      maxBuilds: 1,
    });
    for (const wrong of [
      { event: 'NONSENSE' },
      { event: 'JOB_STARTED', at: 'soon' },
      { event: 'FAILED', exitCode: 'x' },
    ])
      expect((await fleet.report(runner, machine, wrong)).status).toBe(422);
  });

  it('is not ready while its agent has not started the runner', async () => {
    await world.want(fleet.poolId, 1);
    const runner = await fleet.reaches('ENROLLING');
    const machine = await fleet.machineOf(runner);
    await fleet.admit(runner, machine);
    await eventually(async () => (await fleet.configuration(runner, machine)).status === 200);
    expect((await fleet.runners())[0]?.state).toBe('ENROLLING');
    await fleet.report(runner, machine, { event: 'RUNNER_STARTED' });
    await fleet.reaches('IDLE');
  });

  it('gets the token no more once its firewalls are not in force, although it has its GitLab runner', async () => {
    const { runner, machine } = await awake();
    expect((await fleet.configuration(runner, machine)).status).toBe(200);
    const { id: machineId, generation } = machine;
    await world.tell(topics.machineProtection, {
      ...{ machineId, generation, runnerId: runner.id, poolId: fleet.poolId },
      protected: false,
    });
    await eventually(async () =>
      expect(await fleet.configuration(runner, machine)).toEqual({
        status: 202,
        body: { status: 'NOT_PROTECTED_YET' },
      }),
    );
  });

  it('has one GitLab runner, also where the answer of its creation was lost', async () => {
    await fault('gitlab', 'create_runner', 'lose_answer');
    const { machine } = await awake();
    expect(await livingGitLabRunners()).toEqual([Number(machine.gitlab_runner_id)]);
    // The one whose token nobody has was found by what lists show, deleted, and made again under the same name.
    const named = (await gitlabRunners()).filter(
      ({ description }) => description === `cr-${machine.id}-g${machine.generation}`,
    );
    expect(named.map(({ deletedAt }) => deletedAt === null)).toEqual([false, true]);
  });

  it('is rebuilt after its job: the next generation, with another GitLab runner and no way back', async () => {
    const { runner, machine } = await awake();
    await runJob(runner, machine);
    const next = await eventually(async () => {
      const now = await fleet.machineOf(runner);
      return now.generation === machine.generation + 1 && now;
    });
    expect(next.server_id).toBe(machine.server_id);
    expect(await fleet.configuration(runner, machine)).toMatchObject({
      status: 410,
      body: { error: 'GENERATION_OVER' },
    });
    expect((await fleet.report(runner, machine, { event: 'ALIVE' })).status).toBe(410);
    expect(await livingGitLabRunners()).not.toContain(Number(machine.gitlab_runner_id));
    const again = await fleet.becomeIdle();
    expect(again.machine.gitlab_runner_id).not.toBe(machine.gitlab_runner_id);
  });

  it('is rebuilt once where the answer of the rebuild was lost', async () => {
    const { runner, machine } = await awake();
    await fault('hetzner', 'rebuild_server', 'lose_answer');
    await runJob(runner, machine);
    await fleet.reaches('ENROLLING');
    const { servers } = await world.hetzner.ledger<{ servers: { id: number; rebuilds: object[] }[] }>();
    expect(servers.find(({ id }) => id === Number(machine.server_id))?.rebuilds).toHaveLength(1);
  });

  it('is deleted at once where its pool is paused, also where the answer of the deletion was lost', async () => {
    const { machine } = await awake();
    await fault('hetzner', 'delete_server', 'lose_answer');
    await pause();
    await fleet.reaches('ASLEEP');
    expect(await fleet.servers()).toEqual([]);
    expect((await fleet.machines()).find(({ id }) => id === machine.id)?.deleted_at).not.toBeNull();
  });

  it('that got a job just before its pool was paused is let finish it', async () => {
    await world.want(fleet.poolId, 1);
    const runner = await fleet.reaches('ENROLLING');
    const machine = await fleet.machineOf(runner);
    await fleet.admit(runner, machine);
    const { body } = await eventually(async () => {
      const answer = await fleet.configuration(runner, machine);
      return answer.status === 200 && answer;
    });
    const job = await takeJob(world.gitlab, String(body.token));
    await pause();
    await fleet.reaches('STOPPING');
    expect((await fleet.report(runner, machine, { event: 'ALIVE' })).status).toBe(204);
    expect(await fleet.servers()).toHaveLength(1);
    await job.finish();
    await fleet.reaches('ASLEEP');
    expect((await fleet.report(runner, machine, { event: 'ALIVE' })).status).toBe(410);
  });

  it('is not ordered again at once after it was of no use, however often it was ready', async () => {
    const { runner, machine } = await awake();
    await world.hetzner.call('DELETE', `/servers/${machine.server_id}`);
    await fleet.reaches('ASLEEP');
    await fleet.reaches('ENROLLING');
    const told = (await world.published(topics.runner)).filter(({ runnerId }) => runnerId === runner.id);
    const last = (state: RunnerState) => told.findLast((one) => one.state === state)?.stateSince;
    const rest = Number(last(RunnerState.STARTING)!.seconds - last(RunnerState.STOPPING)!.seconds);
    expect(rest).toBeGreaterThanOrEqual(29);
  });

  it('is ordered although credentials were refused once by mistake: they are tried again', async () => {
    await world.hetzner.steer('POST', 'faults', {
      operation: 'create_server',
      mode: 'fail',
      status: 401,
      times: 1,
    });
    await world.want(fleet.poolId, 1);
    await eventually(async () => (await world.db.asAdmin(REFUSED)).length > 0);
    await fleet.reaches('ENROLLING');
    expect(await world.db.asAdmin(REFUSED)).toEqual([]);
  });
});

describe('a runner whose pool is deleted', () => {
  it('gives its address back only once it sleeps: before that its machine has it', async () => {
    const { runner } = await awake();
    await fleet.remove();
    const told = async () =>
      (await world.published(topics.runner)).filter(({ runnerId }) => runnerId === runner.id);
    await eventually(async () => (await told()).some(({ releaseStaticIp }) => releaseStaticIp));
    const known = await told();
    expect(known.map(({ state }) => state)).toContain(RunnerState.STOPPING);
    const releasing = known.filter(({ releaseStaticIp }) => releaseStaticIp).map(({ state }) => state);
    expect(new Set(releasing)).toEqual(new Set([RunnerState.ASLEEP]));
  });
});
