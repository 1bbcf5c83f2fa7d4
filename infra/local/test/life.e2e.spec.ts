import { eventually } from './eventually.js';
import { startTestInstallation, type TestInstallation } from './installation.js';
import { askedFigures, toldFigures } from './asked-figures.js';
import { badInput } from './bad-input.js';
import { errorsLogged } from './errors-logged.js';
import { everyStart } from './every-start.js';
import { readFleet, type RunnerFacts } from './fleet.js';

const MINUTE_REAL_MS = 60_000;
const microsOf = (amount: string): number => Math.round(Number(amount) * 1_000_000);

describe('the first life of a runner', () => {
  let installation: TestInstallation;

  beforeAll(async () => {
    // An hour that is paid is over in a minute.
    installation = await startTestInstallation({ speed: 60 });
  }, 5 * MINUTE_REAL_MS);

  afterAll(() => installation?.stop(), 60_000);

  const runners = () => readFleet(installation.ask);
  const amountsTold = async () =>
    Object.fromEntries(
      (await runners()).map(({ id, costToDate }) => [id, microsOf(costToDate?.amount ?? '0')]),
    );
  const amountsBilled = async () => {
    const { servers, primaryIps } = await installation.hetzner.read();
    const amounts = (await runners()).map(({ id }) => {
      const own = [...servers, ...primaryIps].filter(({ labels }) => labels['cleanroom-runner'] === id);
      return [
        id,
        own.reduce((sum, { hoursBilled, priceHourlyNet }) => sum + hoursBilled * microsOf(priceHourlyNet), 0),
      ];
    });
    return Object.fromEntries(amounts) as Record<string, number>;
  };
  const capacity = async () =>
    (
      await installation.ask<{ runnerPools: { nodes: { id: string; capacity: object | null }[] } }>(
        '{ runnerPools(first: 10) { nodes { id capacity { wanted awake busy queued because } } } }',
      )
    ).runnerPools.nodes;
  const oneRunner = async (like: (runner: RunnerFacts) => boolean) => (await runners()).find(like);

  it('begins with a static IP of its own for each runner, asleep or awake, spread over the locations', async () => {
    const fleet = await eventually(
      async () => {
        const found = await runners();
        return found.every(({ staticIp }) => staticIp?.status === 'ACTIVE') && found.length === 4 && found;
      },
      { within: 60_000 },
    );
    expect(new Set(fleet.map(({ staticIp }) => staticIp?.address)).size).toBe(4);
    expect(new Set(fleet.map(({ staticIp }) => staticIp?.location))).toEqual(
      new Set(['fsn1', 'nbg1', 'hel1']),
    );
  });

  it('takes a queued job on a fresh machine of its own and finishes it from its static IP', async () => {
    const [jobId = 0] = await installation.gitlab.queueJobs({ seconds: 300 });
    const busy = await eventually(
      async () =>
        (await oneRunner(
          ({ state, currentJob }) => state === 'BUSY' && currentJob?.gitlabJobId === String(jobId),
        )) ?? false,
    );
    await eventually(async () =>
      expect((await capacity()).find(({ id }) => id === busy.pool.id)?.capacity).toMatchObject({
        busy: 1,
        queued: 0,
        because: expect.stringContaining('1 busy') as string,
      }),
    );
    const job = await eventually(
      async () => {
        const [found] = await installation.gitlab.jobs([jobId]);
        return found?.status === 'success' && found;
      },
      { within: 3 * MINUTE_REAL_MS },
    );
    expect(job.sourceAddress).toBe(busy.staticIp?.address);
  }, 270_000);

  it('cleans the machine after the job: a new generation, and the old GitLab runner is gone', async () => {
    const { jobs } = await installation.gitlab.read();
    const used = jobs.map(({ runnerId }) => runnerId);
    await eventually(
      async () =>
        (await installation.gitlab.livingRunners()).every(({ runnerId }) => !used.includes(runnerId)),
      {
        within: 90_000,
      },
    );
    const rebuilds = async () =>
      (await installation.hetzner.read()).servers.flatMap((server) => server.rebuilds);
    await eventually(async () => (await rebuilds()).length >= 1, { within: 30_000 });
  }, 180_000);

  it('ordered each machine once, behind the baseline firewall and without a root password', async () => {
    const { servers, calls } = await installation.hetzner.read();
    const orders = calls.filter(({ operation }) => operation === 'create_server');
    expect(orders.length).toBe(servers.length);
    expect(
      servers.filter(
        ({ createdWithoutFirewall, createdWithoutSshKey }) => createdWithoutFirewall || createdWithoutSshKey,
      ),
    ).toEqual([]);
  });

  it('lets each GitLab runner work for one machine and one job only', async () => {
    const { runners: gitlabRunners } = await installation.gitlab.read();
    expect(
      gitlabRunners.filter(({ systemIds, jobIds }) => systemIds.length > 1 || jobIds.length > 1),
    ).toEqual([]);
  });

  it('never switches a machine off to let it sleep', async () => {
    const operations = (await installation.hetzner.read()).calls.map(({ operation }) => operation);
    expect(operations.filter((operation) => /poweroff|shutdown/.test(operation ?? ''))).toEqual([]);
  });

  it('wakes by hand, is seen protected and identified, and shows what it cost', async () => {
    const asleep = await eventually(
      () => oneRunner(({ state }) => state === 'ASLEEP').then((found) => found ?? false),
      { within: 180_000 },
    );
    const { wakeRunner } = await installation.ask<{ wakeRunner: { userErrors: object[] } }>(
      `mutation($id: ID!) { wakeRunner(id: $id) { runner { id } userErrors { code message path } } }`,
      { id: asleep.id },
    );
    expect(wakeRunner.userErrors).toEqual([]);
    const awake = await eventually(
      async () => {
        const found = await oneRunner(({ id }) => id === asleep.id);
        return found?.state === 'IDLE' && found.costToDate !== null && found;
      },
      { within: 90_000 },
    );
    expect(awake.firewall).toMatchObject({ protected: true });
    expect(awake.firewall?.policies.map(({ name }) => name)).toEqual(['Web only']);
    expect(awake.identity?.subject).toMatch(/^org:org_\w+:pool:pool_\w+:runner:run_\w+$/);
    expect(Number(awake.costToDate?.amount)).toBeGreaterThan(0);
  }, 360_000);

  it('tells every figure for which dashboard and alerts ask', async () => {
    expect(await toldFigures(installation.system)).toEqual(expect.arrayContaining(askedFigures()));
  });

  it('tells how many calls Hetzner still allows, and how long machines took to be ready', async () => {
    const figures = await fetch(`http://127.0.0.1:${installation.system.ports.provisioning}/metrics`);
    const text = await figures.text();
    expect(text).toMatch(
      /^cleanroom_hetzner_calls_total\{operation="createServer",status="201",[^}]*\} [1-9]/m,
    );
    expect(text).toMatch(/^cleanroom_hetzner_requests_left\{project="hp_[^}]*\} [1-9]/m);
    expect(text).toMatch(/^cleanroom_time_to_ready_seconds\{[^}]*quantile="0.95"[^}]*\} [1-9]/m);
  });

  it('is not wanted any more when its schedule has no window', async () => {
    const { schedules } = await installation.ask<{ schedules: { nodes: [{ id: string }] } }>(
      '{ schedules(first: 1) { nodes { id } } }',
    );
    const { updateSchedule } = await installation.ask<{ updateSchedule: { userErrors: object[] } }>(
      `mutation($id: ID!, $input: ScheduleInput!) { updateSchedule(id: $id, input: $input) { userErrors { code } } }`,
      { id: schedules.nodes[0].id, input: { name: 'Never', timeZone: 'UTC', windows: [] } },
    );
    expect(updateSchedule.userErrors).toEqual([]);
  });

  // The hour that is paid is long, and no bad input hastens its end.
  describe(
    'meanwhile, given bad input',
    badInput(() => installation),
  );

  it('lets unwanted machines sleep within the hour that is paid, and keeps their addresses', async () => {
    await eventually(async () => (await runners()).every(({ state }) => state === 'ASLEEP'), {
      within: 270_000,
      every: 200,
    });
    expect(await installation.hetzner.livingServers()).toEqual([]);
    expect(await installation.hetzner.livingIps()).toHaveLength(4);
    expect(await installation.gitlab.livingRunners()).toEqual([]);
    type Told = { machines: { nodes: { deletedAt: string | null }[] } };
    const { runners: told } = await installation.ask<{ runners: { nodes: Told[] } }>(
      '{ runners(first: 20) { nodes { machines(first: 20) { nodes { deletedAt } } } } }',
    );
    expect(told.nodes.flatMap(({ machines }) => machines.nodes)).not.toContainEqual({ deletedAt: null });
  }, 330_000);

  it('costs exactly what Hetzner billed, in started hours of machines and addresses', async () => {
    // Hours go on while both are read: they must agree at some moment, not at two different ones.
    await eventually(async () => expect(await amountsTold()).toEqual(await amountsBilled()), {
      within: 30_000,
    });
  });

  it('ends with its pool: nothing of it is left at Hetzner or GitLab', async () => {
    const [first] = await runners();
    await installation.ask(`mutation($id: ID!) { deleteRunnerPool(id: $id) { userErrors { code } } }`, {
      id: first?.pool.id,
    });
    await eventually(async () => (await installation.hetzner.livingIps()).length === 0, { within: 90_000 });
    await eventually(async () => (await runners()).length === 0, { within: 30_000 });
    expect(await installation.hetzner.livingServers()).toEqual([]);
    expect(await installation.gitlab.livingRunners()).toEqual([]);
  }, 180_000);

  describe(
    'in a pool that wants a fresh machine for every start',
    everyStart(() => installation),
  );

  it('has made no service log an error', () => {
    expect(errorsLogged(installation.system.folder.path)).toEqual([]);
  });
});
