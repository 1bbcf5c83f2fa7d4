import { randomBytes } from 'node:crypto';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { CALL_HEADERS, signCall, signSocket, type SignedCaller } from '@cleanroom/service-kit';
import { acme, SmallService } from './small-service.js';

const queries = {
  'a root field': '{ thing(id: "1") { id owner } }',
  __typename: '{ __typename }',
  'the schema': '{ _service { sdl } }',
  'an entity':
    '{ _entities(representations: [{ __typename: "Thing", id: "1" }]) { ... on Thing { id owner } } }',
  introspection: '{ __schema { queryType { name } } }',
};
type What = keyof typeof queries;
const whats = Object.keys(queries) as What[];

describe('a service', () => {
  let small: SmallService;

  beforeAll(async () => {
    small = await SmallService.start();
  });
  afterAll(() => small.stop());

  type Heard = { event?: unknown; error?: { code?: number } };
  /** @param until what it stays for: the first event, or its end */
  const subscribe = (
    connectionParams: Record<string, unknown>,
    until: 'event' | 'end' = 'end',
    url = small.url,
  ) =>
    new Promise<Heard>((resolve) => {
      const client = createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams,
        retryAttempts: 0,
      });
      const answer: Heard = {};
      client.subscribe(
        { query: 'subscription { ticks }' },
        {
          next: (event) => {
            answer.event = event;
            if (until === 'event') void Promise.resolve(client.dispose()).then(() => resolve(answer));
          },
          error: (error) => resolve({ ...answer, error: error as { code?: number } }),
          complete: () => undefined,
        },
      );
    });

  const path = '/graphql';
  const bodyOf = (what: What) => JSON.stringify({ query: queries[what] });
  const forged = (what: What): Record<string, () => Promise<Response>> => {
    const body = bodyOf(what);
    const parts = { method: 'POST', path, body };
    const signed = signCall(small.key, acme, parts);
    const other: SignedCaller = { ...acme, organizationId: 'org_other', role: 'OWNER' };
    const encoded = Buffer.from(JSON.stringify(other)).toString('base64url');
    const send = (headers: object, text = body) => small.sendUnsigned('POST', path, { body: text, headers });
    const old = String(Date.now() - 31_000);
    return {
      unsigned: () => send({}),
      'signed with another key': () => send(signCall(randomBytes(32).toString('base64'), acme, parts)),
      'of an hour ago': () => send({ ...signed, [CALL_HEADERS.time]: old }),
      'with another body': () => send(signed, JSON.stringify({ query: queries[what], variables: { a: 1 } })),
      'with another caller': () => send({ ...signed, [CALL_HEADERS.caller]: encoded }),
      'signed for another path': () => send(signCall(small.key, acme, { ...parts, path: '/graphql?x=1' })),
      'signed for another method': () => send(signCall(small.key, acme, { ...parts, method: 'GET' })),
    };
  };

  describe.each(whats)('that is asked for %s', (what) => {
    it('answers a call that the gateway signed', async () => {
      const response = await small.send('POST', path, { body: bodyOf(what) });
      expect(response.status).toBe(200);
      expect(await response.json()).not.toHaveProperty('errors');
    });

    it('refuses every other with 401, and says nothing', async () => {
      for (const [how, send] of Object.entries(forged(what))) {
        const response = await send();
        expect([how, response.status, await response.json()]).toEqual([how, 401, { error: 'unauthorized' }]);
      }
    });

    it('refuses the same call a second time', async () => {
      const body = bodyOf(what);
      const headers = signCall(small.key, acme, { method: 'POST', path, body });
      expect((await small.sendUnsigned('POST', path, { body, headers })).status).toBe(200);
      expect((await small.sendUnsigned('POST', path, { body, headers })).status).toBe(401);
    });
  });

  it('refuses at one replica what another has taken, a query as well as a hello', async () => {
    const { url } = await small.startReplica();
    const body = bodyOf('a root field');
    const headers = signCall(small.key, acme, { method: 'POST', path, body });
    expect((await small.sendUnsigned('POST', path, { body, headers })).status).toBe(200);
    expect((await small.sendUnsigned('POST', path, { body, headers, url })).status).toBe(401);
    const params = signSocket(small.key, acme, new Date(Date.now() + 60_000));
    expect((await subscribe(params, 'event')).event).toBeDefined();
    expect(await subscribe(params, 'end', url)).toMatchObject({ error: { code: 4401 } });
  });

  it('lets nobody in while it cannot tell what was used, and says that it is worth another try', async () => {
    await small.withoutNonces(async () => {
      const response = await small.send('POST', path, { body: bodyOf('a root field') });
      expect([response.status, await response.json()]).toEqual([503, { error: 'unavailable' }]);
      const params = signSocket(small.key, acme, new Date(Date.now() + 60_000));
      expect(await subscribe(params)).toMatchObject({ error: { code: 1013 } });
    });
    expect((await small.send('POST', path, { body: bodyOf('a root field') })).status).toBe(200);
  });

  it.each([
    ['GET', '/graphql?query={__typename}'],
    ['GET', '/graphql?query={_service{sdl}}'],
    ['GET', '/machine/who'],
    ['POST', '/machine/echo'],
    ['DELETE', '/machine/who'],
    ['OPTIONS', '/graphql'],
    ['GET', '/'],
    ['GET', '/health/'],
    ['GET', '/health/live/..'],
    ['GET', '/health/../graphql?query={__typename}'],
    ['GET', '/metrics/x'],
  ])('refuses an unsigned %s %s', async (method, where) => {
    expect((await small.sendUnsigned(method, where)).status).toBe(401);
  });

  it('refuses more than 1 MiB before it has read all of it', async () => {
    const response = await small
      .send('POST', '/machine/echo', { body: `"${'x'.repeat(1024 * 1024)}"` })
      .catch(() => undefined);
    expect([401, 413, undefined]).toContain(response?.status);
  });

  it.each(['/health/live', '/health/serving', '/health/ready', '/health/bus', '/metrics'])(
    'answers %s to everybody',
    async (where) => {
      expect((await small.sendUnsigned('GET', where)).status).toBe(200);
    },
  );

  it('tells its controllers who calls, and the bytes that came', async () => {
    expect(await (await small.send('GET', '/machine/who')).json()).toEqual(acme);
    expect((await small.send('GET', '/machine/mine')).status).toBe(403);
    const echo = await small.send('POST', '/machine/echo', { body: '{ "a":  1 }' });
    expect(await echo.json()).toEqual({ raw: Buffer.from('{ "a":  1 }').toString('hex'), body: { a: 1 } });
  });

  describe('over a WebSocket', () => {
    const soon = () => new Date(Date.now() + 10_000);
    const later = () => new Date(Date.now() + 60_000);

    it('serves a caller that the gateway signed, until the moment that was signed with it', async () => {
      const end = soon();
      const { event, error } = await subscribe(signSocket(small.key, acme, end));
      expect(event).toEqual({ data: { ticks: 'org_acme' } });
      expect(error?.code).toBe(4401);
      expect(Date.now()).toBeGreaterThan(end.getTime() - 100);
      expect(Date.now()).toBeLessThan(end.getTime() + 30_000);
    });

    it('refuses everyone else with 4401', async () => {
      const good = signSocket(small.key, acme, later());
      const body = '{"query":"{ __typename }"}';
      const strangers: Record<string, unknown>[] = [
        {},
        signSocket(randomBytes(32).toString('base64'), acme, soon()),
        { ...good, expiresAt: new Date(Date.now() + 3_600_000).toISOString() },
        { ...good, [CALL_HEADERS.caller]: Buffer.from('{"kind":"user"}').toString('base64url') },
        signSocket(small.key, acme, new Date(Date.now() - 1)),
        { ...signCall(small.key, acme, { method: 'POST', path, body }), expiresAt: soon().toISOString() },
        { ...good, expiresAt: undefined },
      ];
      for (const params of strangers) {
        const { event, error } = await subscribe(params);
        expect(event).toBeUndefined();
        expect(error?.code).toBe(4401);
      }
    });

    it('refuses a hello that was used before', async () => {
      const params = signSocket(small.key, acme, later());
      expect((await subscribe(params, 'event')).event).toBeDefined();
      expect(await subscribe(params)).toMatchObject({ error: { code: 4401 } });
    });
  });
});
