import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { eventually } from '@cleanroom/testing';
import { SmallInstallation } from './small-installation.js';
import { Subscribers } from './subscribers.js';

interface Told {
  data?: unknown;
  errors?: { message: string; extensions: Record<string, unknown> }[];
}

const deep = (kind: string) =>
  `${kind} { runnerChanged { runner { pool { runners(first: 1) { nodes { pool { runners(first: 1) { nodes { id } } } } } } } } }`;
const refused = 'subscription($code: String!) { refused(code: $code) }';

describe('errors at the gateway', () => {
  let installation: SmallInstallation;
  let subscribers: Subscribers;

  beforeAll(async () => {
    installation = await SmallInstallation.start();
    subscribers = new Subscribers(installation);
  });
  afterAll(async () => {
    await subscribers.leave();
    await installation.stop();
  });

  /** What a subscriber is told first, over a WebSocket: an event, or errors in its place. */
  async function overSocket(query: string, variables?: Record<string, unknown>): Promise<Told> {
    const { events, ended } = subscribers.listen(subscribers.connect(), query, variables);
    const first = eventually(() => events.length > 0).then(() => events[0]);
    const told = await Promise.race([first, ended.then((end) => events[0] ?? end)]);
    await subscribers.leave();
    return Array.isArray(told) ? { errors: told } : (told as Told);
  }

  /** The same, by server-sent events. */
  async function overStream(query: string, variables?: Record<string, unknown>): Promise<Told> {
    const left = new AbortController();
    const { body } = await subscribers.stream(left.signal, query, variables);
    let text = '';
    for await (const part of Readable.fromWeb(body as ReadableStream)) {
      text += String(part);
      if (/\nevent: next\ndata: .*\n/.test(text)) break;
    }
    left.abort();
    return JSON.parse(/data: (.*)\n/.exec(text)?.[1] ?? '{}') as Told;
  }

  const overHttp = async (query: string, variables?: Record<string, unknown>): Promise<Told> =>
    (await installation.ask(query, { variables })) as Told;

  const transports = { HTTP: overHttp, SSE: overStream, WebSocket: overSocket };
  const streaming = { SSE: overStream, WebSocket: overSocket };
  const codesOf = ({ errors = [] }: Told) => errors.map(({ extensions }) => extensions.code);

  describe.each(Object.entries(transports))('over %s', (_, ask) => {
    it('say BAD_USER_INPUT of a text that is no operation', async () => {
      expect(codesOf(await ask('}{'))).toEqual(['BAD_USER_INPUT']);
      expect(codesOf(await ask('{ nothing }'))).toEqual(['BAD_USER_INPUT']);
      expect(codesOf(await ask('query($n: Int!) { runners(first: $n) { nodes { id } } }'))).toEqual([
        'BAD_USER_INPUT',
      ]);
    });

    it('tell nothing of a value that is refused, for it may be a secret', async () => {
      const query = 'query($n: Int!) { runners(first: $n) { nodes { id } } }';
      const told = await ask(query, { n: { token: 'CANARY' } });
      expect(codesOf(told)).toEqual(['BAD_USER_INPUT']);
      expect(JSON.stringify(told)).not.toContain('CANARY');
    });

    it('say QUERY_TOO_LARGE of an operation that exceeds a limit', async () => {
      expect(codesOf(await ask(`{ ${aliases(11)} }`))).toEqual(['QUERY_TOO_LARGE']);
    });

    it.each([
      ['U+0000 in a variable', 'query($id: ID!) { runner(id: $id) { id } }', { id: 'run_\0' }],
      ['half a pair in a variable', 'query($id: ID!) { runner(id: $id) { id } }', { id: '\ud83e' }],
      ['U+0000 in the text', '{ runner(id: "run_\0") { id } }', undefined],
      ['U+0000 in the text, by an escape', '{ runner(id: "run_\\u0000") { id } }', undefined],
      ['half a pair in the text, by an escape', '{ runner(id: "\\ud83e") { id } }', undefined],
      ['U+0000 in a block of text', '{ runner(id: """a\0""") { id } }', undefined],
      ['U+0000 in a fragment', '{ ...F } fragment F on Query { runner(id: "\\u0000") { id } }', undefined],
    ])('say BAD_USER_INPUT of %s, and no service hears of it', async (_name, query, variables) => {
      const before = installation.provisioning.calls.length;
      const { data, errors } = await ask(query, variables);
      expect(codesOf({ errors })).toEqual(['BAD_USER_INPUT']);
      expect(data ?? null).toBeNull();
      expect(installation.provisioning.calls.length).toBe(before);
    });

    it('say the same again of what was refused before', async () => {
      const query = '{ runner(id: "again\\u0000") { id } }';
      expect(codesOf(await ask(query))).toEqual(codesOf(await ask(query)));
    });
  });

  describe.each(Object.entries(streaming))('of a subscription over %s', (_, ask) => {
    it.each(['BAD_USER_INPUT', 'CURSOR_EXPIRED', 'FORBIDDEN', 'SERVICE_UNAVAILABLE'])(
      'have the code %s of the service, and no more',
      async (code) => {
        const asked = ask(refused, { code });
        await eventually(() => installation.listeners === 1);
        installation.change('run_1');
        expect((await asked).errors).toMatchObject([{ message: 'No.', extensions: { code } }]);
        await eventually(() => installation.listeners === 0);
      },
    );

    it('are INTERNAL with an id and nothing more where nobody foresaw them', async () => {
      const asked = ask('subscription { runnerChanged { cursor } }');
      await eventually(() => installation.listeners === 1);
      installation.change('unspeakable');
      const { errors } = await asked;
      expect(errors?.[0]?.message).toBe('Internal error');
      expect(errors?.[0]?.extensions).toEqual({
        code: 'INTERNAL',
        correlationId: expect.stringMatching(/^[0-9a-f-]{32,36}$/),
      });
      await eventually(() => installation.listeners === 0);
    });

    it('say QUERY_TOO_LARGE of one that is too deep', async () => {
      expect(codesOf(await ask(deep('subscription')))).toEqual(['QUERY_TOO_LARGE']);
    });
  });

  it('say UNAUTHENTICATED to who has no token', async () => {
    expect(codesOf((await installation.ask('{ viewer { name } }', { token: '' })) as Told)).toEqual([
      'UNAUTHENTICATED',
    ]);
  });

  it('say QUERY_TOO_LARGE of a request of more than 100 KB', async () => {
    const { status, errors } = await installation.ask(`{ viewer { name } } #${'x'.repeat(100 * 1024)}`);
    expect([status, errors?.[0]?.extensions?.code]).toEqual([413, 'QUERY_TOO_LARGE']);
  });
});

const aliases = (count: number) =>
  Array.from({ length: count }, (_, index) => `b${index}: __typename`).join(' ');
