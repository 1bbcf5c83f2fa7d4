import { eventually } from '@cleanroom/testing';
import { connect } from 'node:net';
import { CALL_HEADERS } from '@cleanroom/service-kit/edge';
import { GOOD_FOR_MS } from '../src/actions/token-callers.js';
import { SmallInstallation } from './small-installation.js';

describe('who calls', () => {
  let installation: SmallInstallation;

  beforeEach(async () => {
    installation = await SmallInstallation.start();
  });
  afterEach(() => installation.stop());

  it.each(['', 'crt_unknown', 'x'.repeat(5_000)])('is refused with the token "%.20s"', async (token) => {
    const { status, headers, data, errors } = await installation.ask('{ viewer { name } }', { token });
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer');
    expect(data).toBeUndefined();
    expect(errors).toEqual([{ message: 'Send a valid API token.', extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(installation.identity.calls.filter(({ path }) => path === '/graphql')).toEqual([]);
  });

  it('is refused before the schema can be asked for', async () => {
    const { status } = await installation.ask('{ __schema { types { name } } }', { token: '' });
    expect(status).toBe(401);
  });

  it('is asked once in a while, not with each operation', async () => {
    const startedAt = performance.now();
    for (let i = 0; i < 20; i++) await installation.ask('{ viewer { name } }');
    const questions = 1 + Math.floor((performance.now() - startedAt) / GOOD_FOR_MS);
    expect(installation.questions.length).toBeLessThanOrEqual(questions);
  });

  it('may read, but change nothing, while identity cannot be asked', async () => {
    const wake = 'mutation { wakeRunner(id: "run_1") { id } }';
    expect((await installation.ask(wake)).data).toEqual({ wakeRunner: { id: 'run_1' } });
    await installation.identity.stop();
    await eventually(async () =>
      expect((await installation.ask(wake)).errors?.[0]?.extensions?.code).toBe('SERVICE_UNAVAILABLE'),
    );
    const calls = () => installation.provisioning.calls.length;
    const before = calls();
    await installation.ask(wake);
    expect(calls()).toBe(before);
    expect((await installation.ask('{ runners(first: 1) { nodes { id } } }')).errors).toBeUndefined();
  });

  it('is refused within 5 seconds of the revocation, however busy the client is', async () => {
    await installation.ask('{ viewer { name } }');
    installation.tokens.delete('crt_acme');
    const revokedAt = performance.now();
    let lastGood = revokedAt;
    for (;;) {
      const askedAt = performance.now();
      const { status } = await installation.ask('{ __typename }');
      if (status === 401) break;
      lastGood = askedAt;
    }
    expect(lastGood - revokedAt).toBeLessThan(5_000);
  });

  it('is told to no service by the caller', async () => {
    await installation.ask('{ viewer { name } }', {
      headers: Object.fromEntries(Object.values(CALL_HEADERS).map((name) => [name, 'forged'])),
    });
    const [call] = installation.identity.calls.filter(({ path }) => path === '/graphql');
    expect(call?.caller).toMatchObject({ kind: 'user', organizationId: 'org_acme', source: '127.0.0.1' });
    expect(call?.headers.authorization).toBeUndefined();
  });

  it('is no question that the outside may ask', async () => {
    for (const path of [
      '/internal/callers',
      '/webhooks/../internal/callers',
      '/oidc/..%2f..%2finternal/callers',
    ]) {
      expect(await rawStatus(installation.gateway.url, path)).toBe(404);
    }
    expect(installation.questions).toEqual([]);
  });
});

describe('routes that lead to services', () => {
  let installation: SmallInstallation;
  const proof = {
    authorization: 'Bearer machine-credential',
    'x-machine-time': '1790000000000',
    'x-machine-signature': 'c2lnbmF0dXJl',
  };
  const machine = {
    kind: 'machine',
    organizationId: 'org_acme',
    runnerId: 'run_1',
    machineId: 'mach_1',
    generation: 2,
  };

  beforeEach(async () => {
    installation = await SmallInstallation.start();
  });
  afterEach(() => installation.stop());

  const at = (path: string, init?: RequestInit) => fetch(`${installation.gateway.url}${path}`, init);

  it('pass a webhook on byte by byte, signed as nobody’s, with its answer', async () => {
    const bytes = Buffer.from([0x7b, 0x22, 0x00, 0xff, 0xfe, 0x20, 0x20, 0x7d]);
    const response = await at('/webhooks/gitlab/gl_1?x=%20y', {
      method: 'POST',
      body: bytes,
      headers: {
        'webhook-signature': 'v1,abc',
        'content-type': 'application/json',
        'x-cleanroom-caller': 'forged',
      },
    });
    expect(response.status).toBe(202);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(response.headers.get('x-cleanroom-inner')).toBeNull();
    expect(await response.text()).toBe(`/webhooks/gitlab/gl_1?x=%20y ${bytes.toString('hex')}`);
    const [call] = installation.provisioning.calls;
    expect(call?.caller).toEqual({ kind: 'anonymous', source: '127.0.0.1' });
    expect(call?.headers).toMatchObject({
      'webhook-signature': 'v1,abc',
      'content-type': 'application/json',
    });
  });

  it('let identity judge a machine, and tell the service which one it is', async () => {
    installation.machineAnswer = { status: 200, body: { ...machine, kind: 'MACHINE' } };
    const body = '{"event":"ALIVE"}';
    await at('/machine/v1/report?a=b', { method: 'POST', body, headers: proof });
    expect(installation.questions).toEqual([
      {
        authorization: 'Bearer machine-credential',
        time: '1790000000000',
        signature: 'c2lnbmF0dXJl',
        method: 'POST',
        path: '/machine/v1/report?a=b',
        bodySha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        sourceAddress: '127.0.0.1',
      },
    ]);
    const [call] = installation.provisioning.calls;
    expect(call?.caller).toEqual({ ...machine, source: '127.0.0.1' });
    expect(call?.headers.authorization).toBeUndefined();
    expect(call?.headers['x-machine-signature']).toBeUndefined();
  });

  it('refuse a machine that identity refuses', async () => {
    const response = await at('/machine/v1/runner', { headers: proof });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: 'UNAUTHENTICATED' });
    expect(installation.provisioning.calls).toEqual([]);
  });

  it('refuse a token to who is no machine', async () => {
    const response = await at('/machine/v1/token?audience=x');
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: 'UNAUTHENTICATED' });
    expect(installation.questions).toEqual([]);
  });

  it('pass the proof of a machine that enrols on to identity, which alone can judge it', async () => {
    await at('/machine/v1/enrol', { method: 'POST', body: '{}', headers: { ...proof, authorization: '' } });
    const call = installation.identity.calls.find(({ path }) => path === '/machine/v1/enrol');
    expect(call?.headers).toMatchObject({ 'x-machine-signature': 'c2lnbmF0dXJl' });
    expect(call?.caller).toEqual({ kind: 'anonymous', source: '127.0.0.1' });
  });

  it('let a machine without a proof enrol, and no one else without one', async () => {
    expect((await at('/machine/v1/enrol', { method: 'POST', body: '{}' })).status).toBe(200);
    expect((await at('/machine/v1/runner')).status).toBe(401);
  });

  it.each(['/', '/machine/v1/enrol/', '/machine/v2/enrol', '/health', '/health/x', '/oidc', '/graphql/'])(
    'do not lead from %s',
    async (path) => {
      expect((await at(path)).status).toBe(404);
    },
  );

  it('refuse a body of more than 256 KB', async () => {
    const response = await at('/webhooks/gitlab/gl_1', {
      method: 'POST',
      body: Buffer.alloc(256 * 1024 + 1),
    });
    expect(response.status).toBe(413);
    const taken = await at('/webhooks/gitlab/gl_1', { method: 'POST', body: Buffer.alloc(256 * 1024) });
    expect(taken.status).toBe(202);
    expect(await taken.text()).toHaveLength(2 * 256 * 1024 + '/webhooks/gitlab/gl_1 '.length);
  });

  it('say that a service is away, and when to come again', async () => {
    await installation.provisioning.stop();
    const response = await at('/webhooks/gitlab/gl_1', { method: 'POST', body: '{}' });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
  });

  it('believe X-Forwarded-For of a configured proxy only', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.9, 203.0.113.7' };
    await at('/webhooks/a', { headers });
    expect(installation.provisioning.calls[0]?.caller.source).toBe('127.0.0.1');
    const other = await SmallInstallation.start({ CLEANROOM_TRUSTED_PROXIES: '127.0.0.0/8' });
    await fetch(`${other.gateway.url}/webhooks/a`, { headers });
    expect(other.provisioning.calls[0]?.caller.source).toBe('203.0.113.7');
    await other.stop();
  });

  it('know the address from which a machine really speaks', async () => {
    const status = await rawStatus(installation.gateway.url, '/webhooks/a', '127.64.1.2');
    expect(status).toBe(202);
    expect(installation.provisioning.calls[0]?.caller.source).toBe('127.64.1.2');
  });
});

/** Sends a path as it is, which fetch would tidy up first. */
function rawStatus(url: string, path: string, localAddress = '127.0.0.1'): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), localAddress }, () =>
      socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`),
    );
    socket.once('data', (data) => resolve(Number(String(data).split(' ')[1])));
    socket.once('error', reject);
  });
}
