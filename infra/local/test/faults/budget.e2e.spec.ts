import { eventually } from '../eventually.js';
import type { BilledLife } from '../hetzner-ledger.js';
import { startTestInstallation, type TestInstallation } from '../installation.js';

const SEATS = 50;
const PRICE_OF_AN_HOUR = 0.0088;
/** Hours of machines that the budget has room for, beside the addresses, which are owed to the month's end. */
const HOURS = 10;

interface Standing {
  spent: { amount: string };
  reserved: { amount: string };
}

describe('fifty orders in flight under a hard budget', () => {
  let installation: TestInstallation;
  let poolId: string;

  beforeAll(async () => {
    // The month is to be the same throughout, and the three minutes before an hour's end long enough for a busy computer.
    installation = await startTestInstallation({ speed: 10, timeOfDay: '06:00' });
    await installation.hetzner.call('PUT', 'limits', { servers: 200, primaryIps: 200 });
    poolId = await createPool();
    await eventually(async () => expect(await addresses()).toHaveLength(SEATS), { within: 180_000 });
  }, 540_000);

  afterAll(() => installation?.stop(), 60_000);

  const ofPool = ({ labels }: BilledLife) => labels['cleanroom-pool'] === poolId;
  const addresses = async () => (await installation.hetzner.livingIps()).filter(ofPool);
  const machines = async () => (await installation.hetzner.read()).servers.filter(ofPool);
  /** Servers, and how many hours of each Hetzner bills: an hour that was refused shows as a second one. */
  const hoursBilled = async () => (await machines()).map(({ hoursBilled }) => hoursBilled);

  const createPool = async (): Promise<string> => {
    const { viewer } = await installation.ask<{
      viewer: { organization: Record<'hetznerProjects' | 'gitlabConnections', { id: string }[]> };
    }>('{ viewer { organization { hetznerProjects { id } gitlabConnections { id } } } }');
    const input = {
      name: 'many',
      hetznerProjectId: viewer.organization.hetznerProjects[0]?.id,
      gitlabConnectionId: viewer.organization.gitlabConnections[0]?.id,
      scope: { kind: 'PROJECT', fullPath: 'acme/web' },
      tags: ['many'],
      serverTypes: ['cx23'],
      locations: ['fsn1'],
      size: SEATS,
    };
    const { createRunnerPool } = await installation.ask<{ createRunnerPool: { runnerPool: { id: string } } }>(
      'mutation($input: CreateRunnerPoolInput!) { createRunnerPool(input: $input) { runnerPool { id } } }',
      { input },
    );
    return createRunnerPool.runnerPool.id;
  };
  /** @returns where it stands, and the price of everything that is owed already */
  const setBudget = async (limit: number): Promise<Standing & { owed: number }> => {
    const { setBudget: made } = await installation.ask<{
      setBudget: { budget: Standing; userErrors: object[] };
    }>(
      `mutation($poolId: ID, $limit: MoneyInput!) { setBudget(poolId: $poolId, limit: $limit, onExhausted: BLOCK_NEW_MACHINES) {
        budget { spent { amount } reserved { amount } } userErrors { code } } }`,
      { poolId, limit: { amount: limit.toFixed(4), currency: 'EUR' } },
    );
    expect(made.userErrors).toEqual([]);
    const { spent, reserved } = made.budget;
    return { ...made.budget, owed: Number(spent.amount) + Number(reserved.amount) };
  };
  const waitingCode = async (jobId: number): Promise<string | undefined> => {
    const { jobs } = await installation.ask<{
      jobs: { nodes: { gitlabJobId: string; waitingCode: string }[] };
    }>('{ jobs(first: 100, statuses: [QUEUED]) { nodes { gitlabJobId waitingCode } } }');
    return jobs.nodes.find(({ gitlabJobId }) => gitlabJobId === String(jobId))?.waitingCode;
  };
  /** Without a job, for a job that runs is never cut off, whatever the budget says. */
  const wantAll = async () => {
    const days = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
    const windows = [{ days, start: '00:00', end: '24:00', warm: SEATS }];
    const { createSchedule } = await installation.ask<{ createSchedule: { schedule: { id: string } } }>(
      'mutation($input: ScheduleInput!) { createSchedule(input: $input) { schedule { id } } }',
      { input: { name: 'always', timeZone: 'UTC', windows } },
    );
    await installation.ask(
      'mutation($id: ID!, $poolId: ID!) { assignSchedule(scheduleId: $id, poolId: $poolId) { userErrors { code } } }',
      { id: createSchedule.schedule.id, poolId },
    );
  };

  it('never cost more than it, nor does any next hour, and a job says what it waits for', async () => {
    const { owed } = await setBudget(1_000);
    await setBudget(owed + HOURS * PRICE_OF_AN_HOUR + PRICE_OF_AN_HOUR / 2);
    await wantAll();
    await eventually(
      async () => {
        const all = await machines();
        return all.length >= HOURS && all.every(({ deleted }) => deleted !== null);
      },
      { within: 540_000, every: 1_000 },
    );
    expect(await hoursBilled()).toEqual(Array(HOURS).fill(1));
    const [jobId = 0] = await installation.gitlab.queueJobs({ tags: ['many'], seconds: 5 });
    await eventually(async () => expect(await waitingCode(jobId)).toBe('BUDGET_EXHAUSTED'), {
      within: 60_000,
    });
    expect(await machines()).toHaveLength(HOURS);
  }, 720_000);
});
