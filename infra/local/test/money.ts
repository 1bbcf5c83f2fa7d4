import { eventually } from './eventually.js';
import type { BilledLife } from './hetzner-ledger.js';
import type { TestInstallation } from './installation.js';

const MINUTE = 60_000;
const DAY_MS = 24 * 3_600_000;

interface PoolFacts {
  budget: { spent: { amount: string }; onExhausted: string } | null;
  runners: { nodes: { state: string; timeline: { nodes: { kind: string; message: string }[] } }[] };
}

/** What an installation says of money, compared with what the simulated Hetzner bills. */
export const money = (running: () => TestInstallation) => () => {
  let installation: TestInstallation;
  beforeAll(() => {
    installation = running();
  });

  const statement = (token?: string) => {
    const url = installation.demo.graphqlUrl.replace(/\/graphql$/, '/billing/statements/2020-01.csv');
    return fetch(url, token ? { headers: { authorization: `Bearer ${token}` } } : {});
  };

  it('reports what Hetzner bills, to the cent', async () => {
    const { clock } = installation.system;
    const [from, to] = [-10, 1].map((days) => new Date(clock.now().getTime() + days * DAY_MS).toISOString());
    const query = `{ costReport(from: "${from}", to: "${to}") { estimated total { amount } } }`;
    await eventually(
      async () => {
        const before = await billed();
        const { costReport } = await installation.ask<{ costReport: { total: { amount: string } } }>(query);
        // Hours go on: compare only where none began between the two looks.
        expect(await billed()).toBe(before);
        expect(Number(costReport.total.amount)).toBe(before);
      },
      { within: 3 * MINUTE },
    );
    expect(await billed()).toBeGreaterThan(0);
  }, 270_000);

  it('gives statements to API tokens of the organisation only', async () => {
    const { viewerToken } = installation.demo;
    expect((await statement()).status).toBe(401);
    expect((await statement('crt_wrong')).status).toBe(401);
    const answer = await statement(viewerToken);
    // Nothing was metered in that month.
    expect([answer.status, await answer.json()]).toEqual([404, { error: 'nothing_billed' }]);
  });

  it('orders nothing under a budget that is used up, says why, and goes on when it is raised', async () => {
    const poolId = await createPool('thrifty');
    await setBudget(poolId, '0');
    const [jobId = 0] = await installation.gitlab.queueJobs({ tags: ['thrifty'], seconds: 20 });
    const refused = await eventually(
      async () => {
        const { runnerPool } = await installation.ask<{ runnerPool: PoolFacts }>(POOL, { id: poolId });
        const entries = runnerPool.runners.nodes.flatMap(({ timeline }) => timeline.nodes);
        return entries.find(({ kind }) => kind === 'BUDGET_EXHAUSTED') ?? false;
      },
      { within: 3 * MINUTE },
    );
    expect(refused.message).toContain('the budget of the pool, 0.00 EUR a month, is used up');
    await eventually(async () => expect(await waitingBecause(jobId)).toMatch(/budget/), { within: 60_000 });
    const servers = await installation.hetzner.livingServers();
    expect(servers.filter(({ labels }) => labels['cleanroom-pool'] === poolId)).toEqual([]);
    await setBudget(poolId, '50');
    await eventually(
      async () => (await installation.gitlab.jobs([jobId])).every(({ status }) => status === 'success'),
      { within: 3 * MINUTE },
    );
    const { runnerPool } = await installation.ask<{ runnerPool: PoolFacts }>(POOL, { id: poolId });
    expect(Number(runnerPool.budget?.spent.amount)).toBeGreaterThan(0);
    const entries = runnerPool.runners.nodes.flatMap(({ timeline }) => timeline.nodes);
    // It asked once and was refused once: nothing but the new budget had it ask again.
    expect(entries.filter(({ kind }) => kind === 'BUDGET_EXHAUSTED')).toHaveLength(1);
    await installation.ask(`mutation($id: ID!) { deleteRunnerPool(id: $id) { userErrors { code } } }`, {
      id: poolId,
    });
  }, 540_000);

  const billed = async (): Promise<number> => {
    const { servers, primaryIps } = await installation.hetzner.read();
    const micros = ({ hoursBilled, priceHourlyNet }: BilledLife) =>
      Math.round(hoursBilled * Number(priceHourlyNet) * 1e6);
    return [...servers, ...primaryIps].map(micros).reduce((sum, one) => sum + one, 0) / 1e6;
  };

  const createPool = async (name: string): Promise<string> => {
    const { viewer } = await installation.ask<{
      viewer: { organization: Record<'hetznerProjects' | 'gitlabConnections', { id: string }[]> };
    }>(`{ viewer { organization { hetznerProjects { id } gitlabConnections { id } } } }`);
    const input = {
      name,
      hetznerProjectId: viewer.organization.hetznerProjects[0]?.id,
      gitlabConnectionId: viewer.organization.gitlabConnections[0]?.id,
      scope: { kind: 'PROJECT', fullPath: 'acme/web' },
      tags: [name],
      serverTypes: ['cx23'],
      locations: ['fsn1'],
      size: 1,
    };
    const answer = await installation.ask<{ createRunnerPool: { runnerPool: { id: string } } }>(
      `mutation($input: CreateRunnerPoolInput!) { createRunnerPool(input: $input) { runnerPool { id } } }`,
      { input },
    );
    return answer.createRunnerPool.runnerPool.id;
  };

  const setBudget = async (poolId: string, amount: string): Promise<void> => {
    const { setBudget: answer } = await installation.ask<{ setBudget: { userErrors: object[] } }>(
      `mutation($poolId: ID, $limit: MoneyInput!) {
        setBudget(poolId: $poolId, limit: $limit, onExhausted: BLOCK_NEW_MACHINES) { userErrors { code message } } }`,
      { poolId, limit: { amount, currency: 'EUR' } },
    );
    expect(answer.userErrors).toEqual([]);
  };

  const waitingBecause = async (jobId: number): Promise<string | null | undefined> => {
    const { jobs } = await installation.ask<{
      jobs: { nodes: { gitlabJobId: string; waitingBecause: string | null }[] };
    }>(`{ jobs(first: 100, statuses: [QUEUED]) { nodes { gitlabJobId waitingBecause } } }`);
    return jobs.nodes.find(({ gitlabJobId }) => gitlabJobId === String(jobId))?.waitingBecause;
  };
};

const POOL = `query ($id: ID!) { runnerPool(id: $id) { budget { spent { amount } onExhausted }
  runners(first: 1) { nodes { state timeline(first: 100) { nodes { kind message } } } } } }`;
