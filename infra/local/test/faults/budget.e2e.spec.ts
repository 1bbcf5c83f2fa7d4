import { eventually } from '../eventually.js';
import type { BilledLife } from '../hetzner-ledger.js';
import { startTestInstallation, type TestInstallation } from '../installation.js';

const SEATS = 50;
const PRICE_OF_AN_HOUR = 0.0088;
/** What an address costs at most in a calendar month. */
const ADDRESS_CAP = 0.5;
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
    poolId = await createPool('many', SEATS);
    await eventually(async () => expect(await addresses()).toHaveLength(SEATS), { within: 180_000 });
  }, 540_000);

  afterAll(() => installation?.stop(), 60_000);

  const isOf =
    (id: string) =>
    ({ labels }: BilledLife) =>
      labels['cleanroom-pool'] === id;
  /** Those that ever were. */
  const addresses = async (id = poolId) => (await installation.hetzner.read()).primaryIps.filter(isOf(id));
  const machines = async () => (await installation.hetzner.read()).servers.filter(isOf(poolId));
  /** Servers, and how many hours of each Hetzner bills: an hour that was refused shows as a second one. */
  const hoursBilled = async () => (await machines()).map(({ hoursBilled }) => hoursBilled);

  const createPool = async (name: string, size: number): Promise<string> => {
    const { viewer } = await installation.ask<{
      viewer: { organization: Record<'hetznerProjects' | 'gitlabConnections', { id: string }[]> };
    }>('{ viewer { organization { hetznerProjects { id } gitlabConnections { id } } } }');
    const input = {
      name,
      hetznerProjectId: viewer.organization.hetznerProjects[0]?.id,
      gitlabConnectionId: viewer.organization.gitlabConnections[0]?.id,
      scope: { kind: 'PROJECT', fullPath: 'acme/web' },
      tags: [name],
      serverTypes: ['cx23'],
      locations: ['fsn1'],
      size,
    };
    const { createRunnerPool } = await installation.ask<{ createRunnerPool: { runnerPool: { id: string } } }>(
      'mutation($input: CreateRunnerPoolInput!) { createRunnerPool(input: $input) { runnerPool { id } } }',
      { input },
    );
    return createRunnerPool.runnerPool.id;
  };
  /** @returns where it stands, and the price of everything that is owed already */
  const setBudget = async (limit: number, id = poolId): Promise<Standing & { owed: number }> => {
    const { setBudget: made } = await installation.ask<{
      setBudget: { budget: Standing; userErrors: object[] };
    }>(
      `mutation($poolId: ID, $limit: MoneyInput!) { setBudget(poolId: $poolId, limit: $limit, onExhausted: BLOCK_NEW_MACHINES) {
        budget { spent { amount } reserved { amount } } userErrors { code } } }`,
      { poolId: id, limit: { amount: limit.toFixed(4), currency: 'EUR' } },
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

  /** What keeps the runners of a pool from being there, and what their timelines say of it. */
  const refusals = async (id: string) => {
    const { runners } = await installation.ask<{
      runners: {
        nodes: {
          state: string;
          stateReason: string | null;
          timeline: { nodes: { kind: string; message: string }[] };
        }[];
      };
    }>(
      `query($id: ID!) { runners(first: 100, poolId: $id) { nodes {
        state stateReason timeline(first: 5) { nodes { kind message } } } } }`,
      { id },
    );
    return runners.nodes
      .filter(({ state }) => state === 'REQUESTED')
      .flatMap(({ stateReason, timeline }) =>
        timeline.nodes
          .filter(({ kind }) => kind === 'BUDGET_EXHAUSTED')
          .map(({ message }) => ({ message, stateReason })),
      );
  };

  it('for static IPs never cost more than it, and those that have no room say so until it is raised', async () => {
    const id = await createPool('growing', 1);
    await eventually(async () => expect(await addresses(id)).toHaveLength(1), { within: 60_000 });
    // Of every month: each of the addresses that there are costs in all that follow, too.
    const roomFor = (count: number) => count * ADDRESS_CAP + ADDRESS_CAP / 10;
    await setBudget(roomFor(1), id);
    await installation.ask(
      'mutation($id: ID!, $size: Int!) { resizeRunnerPool(id: $id, size: $size) { userErrors { code } } }',
      { id, size: SEATS + 1 },
    );
    const allRefused = async (count: number) => {
      const refused = await refusals(id);
      expect(refused).toHaveLength(count);
      for (const { message, stateReason } of refused)
        expect(message).toBe(`no static IP is ordered: ${stateReason}`);
    };
    await eventually(() => allRefused(SEATS), { within: 180_000, every: 1_000 });
    expect(await addresses(id)).toHaveLength(1);
    await setBudget(roomFor(5), id);
    await eventually(async () => expect(await addresses(id)).toHaveLength(5), { within: 180_000 });
    // All of the others have asked again, in vain.
    await eventually(
      async () => {
        const raised = (await refusals(id)).filter(({ message }) => message.includes(roomFor(5).toFixed(2)));
        expect(raised).toHaveLength(SEATS - 4);
      },
      { within: 180_000, every: 1_000 },
    );
    const { owed } = await setBudget(roomFor(5), id);
    expect(owed).toBeLessThanOrEqual(roomFor(5));
    expect(await addresses(id)).toHaveLength(5);
  }, 720_000);

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
