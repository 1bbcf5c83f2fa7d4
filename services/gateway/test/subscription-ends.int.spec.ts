import { WebSocket } from 'ws';
import { eventually } from '@cleanroom/testing';
import { SmallInstallation } from './small-installation.js';
import { eventOf, runnerChanges, Subscribers } from './subscribers.js';

describe('subscriptions at the gateway that break off or are refused', () => {
  let installation: SmallInstallation;
  let subscribers: Subscribers;

  beforeEach(async () => {
    installation = await SmallInstallation.start();
    subscribers = new Subscribers(installation);
  });
  afterEach(async () => {
    await subscribers.leave();
    await installation.stop();
  });

  it('tell with one event what is missing from it, and nothing of it with the next', async () => {
    const { events } = subscribers.listen(subscribers.connect());
    await eventually(() => installation.listeners === 1);
    const { port } = installation.identity;
    await installation.identity.stop();
    installation.change('run_1');
    await eventually(() => expect(events).toHaveLength(1));
    expect(events[0]).toMatchObject({
      data: { runnerChanged: { runner: { id: 'run_1', address: null } } },
      errors: [{ path: ['runnerChanged', 'runner', 'address'], extensions: { code: 'SERVICE_UNAVAILABLE' } }],
    });
    await installation.startIdentity(port);
    installation.change('run_2');
    await eventually(() => expect(events[1]).toEqual(eventOf('run_2')));
  });

  it('end with the next question after the revocation of their token', async () => {
    const { ended } = subscribers.listen(subscribers.connect(), 'subscription { runnerChanged { cursor } }');
    const streamed = await subscribers.stream();
    await eventually(() => installation.listeners === 2);
    const asked = installation.questions.length;
    installation.tokens.delete('crt_acme');
    expect(await ended).toMatchObject({ code: 4401 });
    await streamed.text();
    // One that is answered too late is asked once more.
    expect(installation.questions.length - asked).toBeLessThanOrEqual(2);
    await eventually(() => installation.listeners === 0);
    await eventually(() => installation.provisioning.sockets.size === 0);
  });

  it('go on while identity is away for a moment', async () => {
    const { events } = subscribers.listen(subscribers.connect());
    await eventually(() => installation.listeners === 1);
    const { port } = installation.identity;
    const asked = installation.questions.length;
    await installation.identity.stop();
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    await installation.startIdentity(port);
    await eventually(() => installation.questions.length > asked);
    installation.change('run_1');
    await eventually(() => expect(events).toEqual([eventOf('run_1')]));
  });

  it('end with an error that says so when their service goes away, and tell no event again', async () => {
    const { events, ended } = subscribers.listen(subscribers.connect());
    await eventually(() => installation.listeners === 1);
    installation.change('run_1');
    await eventually(() => events.length === 1);
    await installation.provisioning.stop();
    expect(await ended).toBe('complete');
    expect(events).toMatchObject([
      eventOf('run_1'),
      { data: null, errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }] },
    ]);
  });

  it('tell no event again where their service cannot say what the next one is', async () => {
    const { events } = subscribers.listen(subscribers.connect());
    await eventually(() => installation.listeners === 1);
    for (const id of ['run_1', 'unspeakable', 'run_2']) installation.change(id);
    await eventually(() => events.length === 3);
    expect(events).toMatchObject([
      eventOf('run_1'),
      { data: null, errors: [{ path: ['runnerChanged'] }] },
      eventOf('run_2'),
    ]);
  });

  it.each([{}, { authorization: 'Bearer crt_unknown' }, { authorization: 7 }])(
    'are refused with 4401 when the socket says %j',
    async (params) => {
      expect(await subscribers.listen(subscribers.connect(params as never)).ended).toMatchObject({
        code: 4401,
      });
      expect(installation.provisioning.sockets.size).toBe(0);
    },
  );

  it('are refused to the page of a stranger', async () => {
    const status = (headers: Record<string, string>) =>
      new Promise((resolve) => {
        const socket = new WebSocket(installation.url.replace('http', 'ws'), 'graphql-transport-ws', {
          headers,
        });
        socket.once('open', () => resolve(101));
        socket.once('unexpected-response', (_, response) => resolve(response.statusCode));
        socket.on('error', () => undefined);
        socket.once('open', () => socket.close());
      });
    expect(await status({ origin: 'https://evil.example' })).toBe(403);
    expect(await status({ origin: 'https://cleanroom.example' })).toBe(101);
    expect(await status({ origin: installation.gateway.url })).toBe(101);
  });

  it.each([
    ['is larger than an operation may be', JSON.stringify({ type: 'ping', payload: 'x'.repeat(100 * 1024) })],
    ['is many operations at once', `[${JSON.stringify({ type: 'connection_init' })}]`],
    ['is no message', '{'],
  ])('lose their socket by a text that %s, and the gateway stays', async (_, text) => {
    const socket = new WebSocket(installation.url.replace('http', 'ws'), 'graphql-transport-ws');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.once('open', () => socket.send(text));
    expect([1009, 4400]).toContain(await closed);
    expect((await installation.ask('{ viewer { name } }')).errors).toBeUndefined();
  });

  it('over JSON alone are refused, and nothing is left of them', async () => {
    const { status } = await installation.ask(runnerChanges);
    expect(status).toBe(406);
    await eventually(() => installation.listeners === 0);
  });

  it('are measured like everything else', async () => {
    const results: unknown[] = [];
    const deep =
      'subscription { runnerChanged { runner { pool { runners(first: 1) { nodes { pool { runners(first: 1) { nodes { id } } } } } } } } }';
    const error = await new Promise<unknown>((resolve) => {
      subscribers
        .connect()
        .subscribe(
          { query: deep },
          { next: (result) => resolve(result), error: resolve, complete: () => resolve(results) },
        );
    });
    expect(JSON.stringify(error)).toContain('QUERY_TOO_LARGE');
    expect(installation.provisioning.sockets.size).toBe(0);
  });

  it('are sent away when the gateway stops, so that their clients come again', async () => {
    const { ended } = subscribers.listen(subscribers.connect());
    await eventually(() => installation.listeners === 1);
    await installation.gateway.stop();
    expect(await ended).toMatchObject({ code: 1001 });
  });
});
