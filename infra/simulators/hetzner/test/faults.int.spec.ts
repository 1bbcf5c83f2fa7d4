import { createHetznerClient, HetznerError } from '@cleanroom/hetzner';
import { prepareOrder, simulateHetzner, TOKEN, until, type SimulatedHetzner } from './simulated-hetzner.js';

interface Ledger {
  calls: {
    operation: string;
    status: number | null;
    code: string | null;
    fault: string | null;
    project: string;
  }[];
  servers: {
    id: number;
    name: string;
    deleted: string | null;
    hoursBilled: number;
    createdWithoutFirewall: boolean;
  }[];
  primaryIps: { id: number; address: string; deleted: string | null; hoursBilled: number }[];
}

let hetzner: SimulatedHetzner;

beforeEach(async () => {
  hetzner = await simulateHetzner();
});
afterEach(() => hetzner.simulator.stop());

const failure = async (call: Promise<unknown>): Promise<HetznerError> => {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(HetznerError);
  return error as HetznerError;
};
const ledger = (): Promise<Ledger> => hetzner.admin<Ledger>('GET', 'report');

describe('a lost answer', () => {
  it.each(['lose_answer', 'truncate'])('by %s leaves a server behind, found by its name', async (mode) => {
    const { client } = hetzner;
    const order = await prepareOrder(client);
    await hetzner.admin('POST', 'faults', { operation: 'create_server', mode, times: 1 });
    expect((await failure(client.createServer(order))).kind).toBe('unknown-outcome');
    const found = await client.findServerByName(order.name);
    expect(found).toMatchObject({ name: order.name, labels: order.labels });
    const call = (await ledger()).calls.find(({ operation }) => operation === 'create_server');
    expect(call).toMatchObject({ status: 201, fault: mode, project: 'demo' });
  });
});

describe('a call cut off before', () => {
  it.each([{ mode: 'reset' }, { mode: 'fail', status: 500 }])('by %j does nothing', async (fault) => {
    const { client } = hetzner;
    const order = await prepareOrder(client);
    await hetzner.admin('POST', 'faults', { operation: 'create_server', ...fault });
    expect((await failure(client.createServer(order))).kind).toBe('unknown-outcome');
    await hetzner.admin('DELETE', 'faults');
    expect(await client.findServerByName(order.name)).toBeUndefined();
    expect((await ledger()).servers).toEqual([]);
  });
});

describe('a delayed answer', () => {
  it('comes too late for who does not wait, and yet was carried out', async () => {
    await hetzner.admin('POST', 'faults', {
      operation: 'create_primary_ip',
      mode: 'delay',
      ms: 60_000,
    });
    const order = { name: 'late', location: 'hel1', labels: {} };
    const { endpoint } = hetzner.simulator;
    const hasty = createHetznerClient({ endpoint, token: TOKEN, timeoutMs: 2_000 });
    expect((await failure(hasty.createPrimaryIp(order))).kind).toBe('unknown-outcome');
    expect((await ledger()).primaryIps).toHaveLength(1);
  });
});

describe('the rate limit', () => {
  it('refuses with 429 and tells when the bucket will be full, which our client obeys', async () => {
    await hetzner.admin('PUT', 'limits', { requestsPerHour: 3 });
    const headers = { authorization: `Bearer ${TOKEN}` };
    const ask = (): Promise<Response> => fetch(`${hetzner.simulator.endpoint}/locations`, { headers });
    const answers = [await ask(), await ask(), await ask(), await ask()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(answers[0]?.headers.get('ratelimit-remaining')).toBe('2');
    expect(Number(answers[3]?.headers.get('ratelimit-reset')) * 1000).toBeGreaterThan(Date.now() + 3_500_000);
    const refused = await failure(hetzner.client.listLocations());
    expect(refused).toMatchObject({ kind: 'rate-limited', httpStatus: 429 });
    const before = (await ledger()).calls.length;
    expect((await failure(hetzner.client.listLocations())).code).toBe('held_back');
    expect((await ledger()).calls).toHaveLength(before);
  });

  it('is the project’s: others go on', async () => {
    await hetzner.admin('PUT', 'tokens', { other: 'elsewhere' });
    await hetzner.admin('PUT', 'limits', { requestsPerHour: 1 });
    const ask = async (token: string): Promise<number> =>
      (
        await fetch(`${hetzner.simulator.endpoint}/locations`, {
          headers: { authorization: `Bearer ${token}` },
        })
      ).status;
    expect([await ask(TOKEN), await ask(TOKEN), await ask('other')]).toEqual([200, 429, 200]);
  });
});

describe('who may ask', () => {
  const ask = async (path: string, init: RequestInit = {}): Promise<[number, unknown]> => {
    const response = await fetch(`${hetzner.simulator.endpoint}${path}`, init);
    return [response.status, ((await response.json()) as { error: unknown }).error];
  };

  it('is nobody without a valid token; paths that are none are told first', async () => {
    const wrong = { headers: { authorization: 'Bearer wrong' } };
    expect(await ask('/servers')).toEqual([
      401,
      { code: 'unauthorized', message: 'token is required', details: null },
    ]);
    expect(await ask('/servers', wrong)).toEqual([
      401,
      { code: 'unauthorized', message: 'the token you have provided is invalid', details: null },
    ]);
    expect(await ask('/nothing')).toEqual([
      404,
      { code: 'not_found', message: 'api route not found', details: null },
    ]);
    expect((await ask('/pricing', { method: 'POST' }))[0]).toBe(401);
  });

  it('is told what is wrong with method, JSON and endpoint', async () => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const codeOf = async (path: string, init: RequestInit = {}): Promise<unknown> => {
      const [status, error] = await ask(path, { headers, ...init });
      return `${status} ${(error as { code: string }).code}`;
    };
    expect(await codeOf('/pricing', { method: 'POST' })).toBe('405 method_not_allowed');
    expect(await codeOf('/servers', { method: 'POST', body: '{' })).toBe('400 json_error');
    expect(await codeOf('/datacenters')).toBe('410 deprecated_api_endpoint');
    expect(await codeOf('/servers/1')).toBe('404 not_found');
    expect(await codeOf('/servers/constructor')).toBe('404 not_found');
    expect(await codeOf('/actions')).toBe('410 deprecated_api_endpoint');
  });

  it('may read only with a token for reading, and nothing with a revoked one', async () => {
    await hetzner.admin('PUT', 'tokens', { reader: 'readonly:demo' });
    const headers = { authorization: 'Bearer reader' };
    expect((await fetch(`${hetzner.simulator.endpoint}/servers`, { headers })).status).toBe(200);
    const [status, error] = await ask('/servers', { method: 'POST', headers, body: '{}' });
    expect([status, (error as { code: string }).code]).toEqual([401, 'token_readonly']);
    await hetzner.admin('DELETE', 'tokens', { token: TOKEN });
    expect((await failure(hetzner.client.listLocations())).kind).toBe('unauthorized');
  });
});

describe('the ledger', () => {
  it('bills a server until its deletion is done, an address until it is gone', async () => {
    const { client } = hetzner;
    const order = await prepareOrder(client);
    const { server } = await client.createServer(order);
    await until(
      () => client.getServer(server.id),
      ({ status, locked }) => status === 'running' && !locked,
    );
    const { id } = await client.deleteServer(server.id);
    const [action] = await until(
      () => client.getActions([id]),
      ([each]) => each?.status === 'success',
    );
    const { servers, primaryIps } = await ledger();
    expect(servers).toMatchObject([
      {
        id: server.id,
        created: server.created.toISOString(),
        deleted: action?.finished?.toISOString(),
        hoursBilled: 1,
        priceHourlyNet: '0.0088',
        createdWithoutFirewall: false,
        createdWithoutSshKey: false,
        primaryIpId: order.primaryIpv4Id,
      },
    ]);
    expect(primaryIps).toMatchObject([{ id: order.primaryIpv4Id, deleted: null, priceHourlyNet: '0.0008' }]);
  });

  it('has the calls that were for nobody, too', async () => {
    const { simulator } = hetzner;
    await fetch(`${simulator.endpoint}/nothing/at-all`, { method: 'PATCH' });
    await fetch(`${simulator.url}/elsewhere`);
    await fetch(`${simulator.url}/_sim/nothing`);
    const long = { method: 'POST', body: 'x'.repeat(2_000_000) };
    await fetch(`${simulator.endpoint}/servers`, long).catch(() => undefined);
    const unknown = { operation: null, project: null };
    expect((await ledger()).calls).toMatchObject([
      { ...unknown, method: 'PATCH', path: '/nothing/at-all', status: 404, code: 'not_found' },
      { ...unknown, method: 'GET', path: '/elsewhere', status: 404, code: 'not_found' },
      { ...unknown, method: 'POST', path: '/servers', status: 413 },
    ]);
  });

  it('never holds a token, and the state shows no user data', async () => {
    await hetzner.client.createServer({ ...(await prepareOrder(hetzner.client)), userData: 'canary-ticket' });
    expect(JSON.stringify(await hetzner.admin('GET', 'state'))).not.toContain('canary-ticket');
    expect(JSON.stringify(await ledger())).not.toContain(TOKEN);
    expect(JSON.stringify(await hetzner.admin('GET', 'state'))).not.toContain(TOKEN);
  });
});
