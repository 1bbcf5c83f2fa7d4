import { startTracing } from '@cleanroom/service-kit';
import { eventually } from '@cleanroom/testing';
import { acme, SmallService } from './small-service.js';

describe('what a service answers', () => {
  let small: SmallService;

  beforeAll(async () => {
    small = await SmallService.start();
  });
  afterAll(() => small.stop());

  it('is a sentence and an id where something unexpected went wrong', async () => {
    const { data, errors } = await small.ask('{ explode }');
    expect(data).toEqual({ explode: null });
    expect(errors).toEqual([
      {
        message: 'Internal error',
        path: ['explode'],
        locations: expect.anything(),
        extensions: { code: 'INTERNAL', correlationId: expect.any(String) },
      },
    ]);
  });

  it('is the message and the code, and nothing else, of an expected error', async () => {
    const { errors } = await small.ask('{ expire }');
    expect(errors).toMatchObject([
      { message: 'This cursor is too old.', extensions: { code: 'CURSOR_EXPIRED' } },
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/secret|stack/);
  });

  it('guesses no names', async () => {
    // The gateway has checked what callers ask: a question of its own that is wrong is a surprise.
    const { errors } = await small.ask('{ thin }');
    expect(errors).toMatchObject([{ message: 'Internal error', extensions: { code: 'INTERNAL' } }]);
  });

  it.each([
    [1, null, { limit: 1 }],
    [100, 'YWJj', { limit: 100, after: 'YWJj' }],
  ])('is a page of %i after %s', async (first, after, page) => {
    const query = 'query Q($first: Int!, $after: String) { page(first: $first, after: $after) }';
    const { data } = await small.ask(query, { variables: { first, after } });
    expect(JSON.parse(String(data?.page))).toEqual(page);
  });

  it.each([
    [0, null],
    [101, null],
    [-1, null],
    [1, ''],
    [1, 'a b'],
    [1, "'; DROP TABLE"],
    [1, 'x'.repeat(1_000)],
  ])('is BAD_USER_INPUT for a page of %i after %.20j', async (first, after) => {
    const query = 'query Q($first: Int!, $after: String) { page(first: $first, after: $after) }';
    const { errors } = await small.ask(query, { variables: { first, after } });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('depends on the role of the caller', async () => {
    expect((await small.ask('{ role }')).data).toEqual({ role: 'NOT_ALLOWED' });
    expect((await small.ask('{ role }', { caller: { ...acme, role: 'OWNER' } })).data).toEqual({
      role: 'allowed',
    });
  });

  it('is FORBIDDEN to who is no user', async () => {
    const { errors } = await small.ask('{ thing(id: "1") { id } }', {
      caller: { kind: 'anonymous', source: '::1' },
    });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('knows the caller and the address of their socket', async () => {
    const { data } = await small.ask('{ whoCalls }');
    expect(JSON.parse(String(data?.whoCalls))).toEqual({ caller: acme, source: '198.51.100.7' });
  });

  it('is worked out in the trace of its request, and what is logged on the way says whose it was', async () => {
    const stopTracing = await startTracing('billing', undefined);
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const response = await small.send('POST', '/graphql', {
      body: '{"query":"{ work }"}',
      headers: { traceparent, 'x-request-id': 'request-7' },
    });
    const { data } = (await response.json()) as { data: { work: string } };
    const { trace, fields } = JSON.parse(data.work);
    expect(trace).toContain('0af7651916cd43dd8448eb211c80319c');
    expect(fields).toEqual({ request_id: 'request-7', organization: 'org_acme' });
    await stopTracing();
  });

  it('is to serve but not to be ready while its bus is away', async () => {
    const answer = async (probe: string) => {
      const response = await small.sendUnsigned('GET', `/health/${probe}`);
      return [response.status, await response.json()];
    };
    const figures = async () => (await small.sendUnsigned('GET', '/metrics')).text();
    const away = [503, { status: 'not ready', database: true, bus: false }];
    await small.withoutBus(async () => {
      await eventually(async () => expect(await answer('ready')).toEqual(away));
      expect(await answer('serving')).toEqual([200, { status: 'serving', database: true }]);
      expect(await answer('bus')).toEqual([503, { status: 'not flowing', bus: false }]);
      expect(await figures()).toMatch(/cleanroom_bus_healthy\{service="billing"\} 0/);
    });
    await eventually(async () => expect((await answer('ready'))[0]).toBe(200));
    expect(await answer('bus')).toEqual([200, { status: 'flowing', bus: true }]);
    expect(await figures()).toMatch(/cleanroom_bus_healthy\{service="billing"\} 1/);
  });

  it('is ready with its parts, and figures about requests and waiting events', async () => {
    expect(await (await small.sendUnsigned('GET', '/health/ready')).json()).toEqual({
      status: 'ready',
      database: true,
      bus: true,
    });
    expect(await (await small.sendUnsigned('GET', '/health/serving')).json()).toEqual({
      status: 'serving',
      database: true,
    });
    const figures = await (await small.sendUnsigned('GET', '/metrics')).text();
    expect(figures).toMatch(/cleanroom_request_seconds_count\{.*route="\/graphql"/);
    expect(figures).toMatch(/cleanroom_outbox_waiting\{service="billing"\} 0/);
    const topic = 'topic="cleanroom.identity.organization.v1",service="billing"';
    expect(figures).toContain(`cleanroom_consumer_lag{${topic}} 0`);
    expect(figures).toContain(`cleanroom_dead_letters{${topic}} 0`);
    expect(figures).toMatch(/process_resident_memory_bytes/);
  });
});
