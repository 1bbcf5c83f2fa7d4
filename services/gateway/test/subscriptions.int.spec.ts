import { eventually } from '@cleanroom/testing';
import { acme, SmallInstallation } from './small-installation.js';
import { eventOf, Subscribers } from './subscribers.js';

describe('subscriptions at the gateway', () => {
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

  it.each([
    { authorization: 'Bearer crt_acme' },
    { Authorization: 'Bearer crt_acme' },
    { authorization: 'crt_acme' },
    { headers: { Authorization: 'Bearer crt_acme' } },
  ])('bring events with what another service knows, over a WebSocket that says %j', async (params) => {
    const { events } = subscribers.listen(subscribers.connect(params));
    await eventually(() => installation.listeners === 1);
    installation.change('run_1');
    installation.change('run_2');
    await eventually(() => expect(events).toEqual([eventOf('run_1'), eventOf('run_2')]));
  });

  it('bring the same as server-sent events', async () => {
    const left = new AbortController();
    const response = await subscribers.stream(left.signal);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    await eventually(() => installation.listeners === 1);
    installation.change('run_1');
    let text = '';
    while (!text.includes('run_1')) text += new TextDecoder().decode((await reader.read()).value);
    expect(text).toContain(`event: next\ndata: ${JSON.stringify(eventOf('run_1'))}\n\n`);
    left.abort();
    await eventually(() => installation.listeners === 0);
  });

  it('take queries over the same socket', async () => {
    const results: unknown[] = [];
    for await (const result of subscribers.connect().iterate({ query: '{ viewer { name } }' }))
      results.push(result);
    expect(results).toEqual([{ data: { viewer: { name: 'acme' } } }]);
  });

  it('share one socket to a service for one caller, which closes with the last of them', async () => {
    const client = subscribers.connect();
    const [first, second] = [
      subscribers.listen(client),
      subscribers.listen(client, 'subscription { runnerChanged { cursor } }'),
    ];
    await eventually(() => installation.listeners === 2);
    expect(installation.provisioning.sockets.size).toBe(1);
    installation.change('run_1');
    await eventually(() =>
      expect([first.events, second.events]).toEqual([
        [eventOf('run_1')],
        [{ data: { runnerChanged: { cursor: 'run_1' } } }],
      ]),
    );
    await client.dispose();
    await eventually(() => installation.provisioning.sockets.size === 0);
    await eventually(() => installation.listeners === 0);
  });

  it('are one at the service for all who ask for the same with one token, until the last of them leaves', async () => {
    const [leaving, staying] = [subscribers.connect(), subscribers.connect()];
    const [first, second] = [subscribers.listen(leaving), subscribers.listen(staying)];
    await eventually(() => installation.listeners > 0);
    const joined = async () => {
      installation.change('run_1');
      await eventually(() => expect(second.events.length).toBeGreaterThan(0), { within: 500 });
    };
    await eventually(joined);
    expect(installation.listeners).toBe(1);
    await eventually(() => expect(first.events).toEqual(expect.arrayContaining([eventOf('run_1')])));
    await leaving.dispose();
    installation.change('run_2');
    await eventually(() => expect(second.events).toEqual(expect.arrayContaining([eventOf('run_2')])));
    await staying.dispose();
    await eventually(() => installation.listeners === 0);
  });

  it('are not shared between callers', async () => {
    installation.tokens.set('crt_other', { ...acme, organizationId: 'org_other' });
    subscribers.listen(subscribers.connect());
    subscribers.listen(subscribers.connect({ authorization: 'Bearer crt_other' }));
    await eventually(() => installation.listeners === 2);
    expect(installation.provisioning.sockets.size).toBe(2);
  });
});
