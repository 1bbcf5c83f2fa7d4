import { eventually } from '../eventually.js';
import { gatewayOutage } from '../gateway-outage.js';
import { readFleet, type RunnerFacts } from '../fleet.js';
import { startTestInstallation, type TestInstallation } from '../installation.js';

interface Refused {
  done: { userErrors: { code: string; path: string[] }[] };
}

describe('in trouble, an installation', () => {
  let installation: TestInstallation;

  beforeAll(async () => {
    installation = await startTestInstallation({ speed: 30 });
    await installation.ask(`mutation($id: ID!) { assignSchedule(poolId: $id) { userErrors { code } } }`, {
      id: (await one()).pool.id,
    });
    await rest();
  }, 540_000);

  afterAll(() => installation?.stop(), 60_000);

  const fleet = () => readFleet(installation.ask);
  const one = async (like: (runner: RunnerFacts) => boolean = () => true): Promise<RunnerFacts> => {
    const found = (await fleet()).find(like);
    if (!found) throw new Error('no such runner');
    return found;
  };
  const allAsleep = () =>
    eventually(async () => (await fleet()).every(({ state }) => state === 'ASLEEP'), {
      within: 300_000,
      every: 300,
    });
  const change = (mutation: string, variables: Record<string, unknown>) =>
    installation.ask<Refused>(mutation, variables);
  const pause = async (paused: boolean) =>
    change(
      `mutation($id: ID!, $paused: Boolean!) { done: pauseRunnerPool(id: $id, paused: $paused) { userErrors { code path } } }`,
      {
        id: (await one()).pool.id,
        paused,
      },
    );
  /** A pool that rested for a moment has no machine and owes nothing to the test before. */
  const rest = async () => {
    await pause(true);
    await allAsleep();
    await pause(false);
  };
  const callsSince = async (index: number) => (await installation.hetzner.read()).calls.slice(index);
  const waitingBecause = async (jobId: number): Promise<string | null | undefined> => {
    const { jobs } = await installation.ask<{
      jobs: { nodes: { gitlabJobId: string; waitingBecause: string | null }[] };
    }>(`{ jobs(first: 100, statuses: [QUEUED]) { nodes { gitlabJobId waitingBecause } } }`);
    return jobs.nodes.find(({ gitlabJobId }) => gitlabJobId === String(jobId))?.waitingBecause;
  };
  const stock = (soldOut: string | null, serverType = '*', location = '*') =>
    installation.hetzner.call('PUT', 'stock', { serverType, location, soldOut });

  it('takes the next server type where one is sold out, in both of the ways that Hetzner says so', async () => {
    await stock('resource_unavailable', 'cx23', 'fsn1');
    await stock('invalid_input', 'cx23', 'nbg1');
    await stock('invalid_input', 'cx23', 'hel1');
    const [jobId = 0] = await installation.gitlab.queueJobs({ seconds: 5 });
    await eventually(async () => (await installation.gitlab.jobs([jobId]))[0]?.status === 'success', {
      within: 180_000,
    });
    const types = (await installation.hetzner.livingServers()).map(({ type }) => type);
    expect(new Set(types)).toEqual(new Set(['cpx22']));
    await stock(null);
    await rest();
  }, 540_000);

  it('wakes another runner in another location where every type is sold out', async () => {
    const first = await one(({ staticIp }) => staticIp?.location === 'fsn1');
    await stock('resource_unavailable', '*', 'fsn1');
    const [jobId = 0] = await installation.gitlab.queueJobs({ seconds: 5 });
    await eventually(async () => (await installation.gitlab.jobs([jobId]))[0]?.status === 'success', {
      within: 180_000,
    });
    const { location } = (await installation.hetzner.livingServers())[0] ?? {};
    expect(location).not.toBe('fsn1');
    expect(await one(({ id }) => id === first.id)).toMatchObject({
      staticIp: { address: first.staticIp?.address },
    });
    await stock(null);
  }, 360_000);

  it('deletes the machines of a pool that is paused at once, and keeps its addresses', async () => {
    const before = (await fleet()).map(({ staticIp }) => staticIp?.address);
    expect((await installation.hetzner.livingServers()).length).toBeGreaterThan(0);
    expect((await pause(true)).done.userErrors).toEqual([]);
    await eventually(async () => (await installation.hetzner.livingServers()).length === 0, {
      within: 60_000,
    });
    await allAsleep();
    expect((await fleet()).map(({ staticIp }) => staticIp?.address)).toEqual(before);
    await pause(false);
  }, 360_000);

  it('removes a server that carries its labels and that it does not know, after seeing it twice', async () => {
    const { hetznerUrl, hetznerToken } = installation.demo;
    const known = (await installation.hetzner.read()).servers[0];
    const labels = { ...known?.labels, 'cleanroom-machine': 'mach_00000000000000000000000000' };
    const response = await fetch(`${hetznerUrl}/servers`, {
      method: 'POST',
      headers: { authorization: `Bearer ${hetznerToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        name: 'cr-stray-1',
        server_type: 'cpx22',
        location: 'hel1',
        image: 'debian-12',
        labels,
      }),
    });
    expect(response.status).toBe(201);
    await eventually(async () => (await installation.hetzner.livingServers()).length === 0, {
      within: 90_000,
    });
  }, 180_000);

  it('refuses a Hetzner project that another organisation has marked', async () => {
    const { hetznerUrl, hetznerToken, otherOrgToken } = installation.demo;
    const answer = await installation.askAs(otherOrgToken)<Refused>(
      `mutation($input: ConnectHetznerProjectInput!) { done: connectHetznerProject(input: $input) { userErrors { code path } } }`,
      { input: { name: 'mine now', apiToken: hetznerToken, endpoint: hetznerUrl } },
    );
    expect(answer.done.userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'apiToken'] }]);
  });

  it('stops writing when its credentials are revoked, and goes on with new ones', async () => {
    const { hetznerToken } = installation.demo;
    await installation.hetzner.call('DELETE', 'tokens', { token: hetznerToken });
    const connection = async () =>
      (
        await installation.ask<{
          viewer: { organization: { hetznerProjects: { id: string; status: string }[] } };
        }>(`{ viewer { organization { hetznerProjects { id status } } } }`)
      ).viewer.organization.hetznerProjects[0];
    await eventually(async () => (await connection())?.status === 'CREDENTIALS_INVALID', { within: 90_000 });
    const refusedSince = (await installation.hetzner.read()).calls.length;
    const [jobId = 0] = await installation.gitlab.queueJobs({ seconds: 5 });
    await eventually(async () => expect(await waitingBecause(jobId)).toMatch(/credentials/), {
      within: 90_000,
    });
    // The other runners' looks and the job's own go on meanwhile.
    await eventually(async () => (await callsSince(refusedSince)).length > 3, { within: 90_000 });
    expect((await callsSince(refusedSince)).filter(({ method }) => method !== 'GET')).toEqual([]);
    const replacement = 'b'.repeat(64);
    await installation.hetzner.call('PUT', 'tokens', { [replacement]: 'demo' });
    const update = `mutation($id: ID!, $apiToken: String) {
      done: updateHetznerProject(id: $id, apiToken: $apiToken) { userErrors { code path } } }`;
    expect(
      (await change(update, { id: (await connection())?.id, apiToken: replacement })).done.userErrors,
    ).toEqual([]);
    await eventually(async () => (await installation.gitlab.jobs([jobId]))[0]?.status === 'success', {
      within: 180_000,
    });
  }, 360_000);

  // The machine of the job before is idle until its hour is over.
  describe(
    'with a gateway that hangs',
    gatewayOutage(() => installation),
  );
});
