import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { PersistedOperations } from '../src/adapters/graphql/persisted-operations.js';
import { SmallInstallation, type Answer } from './small-installation.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const twelve = (part: (index: number) => string) => Array.from({ length: 12 }, (_, i) => part(i)).join(' ');
const dearPage = (first: string) =>
  `{ runners(first: ${first}) { nodes { pool { runners(first: ${first}) { nodes { pool {
     runners(first: ${first}) { nodes { id } } } } } } } } }`;

const SEATS = 'query Seats($first: Int!) { runners(first: $first) { nodes { id } } }';
const LARGE = `{ ${twelve((i) => `a${i}: viewer @include(if: true) { name }`)} runners(first: 1) { nodes {
  pool { runners(first: 1) { nodes { pool { runners(first: 1) { nodes { id } } } } } } } } }`;
const DEAR = `query Dear($first: Int!) ${dearPage('$first')}`;
const CHANGES = 'subscription Changes { runnerChanged { cursor } }';

describe('an operation that is registered', () => {
  let folder: string;
  let installation: SmallInstallation;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cleanroom-persisted-'));
    await register(
      'one-partner.json',
      [SEATS, LARGE].map((text) => [`sha256:${sha256(text)}`, text]),
    );
    await register(
      'another.json',
      [DEAR, CHANGES].map((text) => [sha256(text), text]),
    );
    installation = await SmallInstallation.start({ CLEANROOM_PERSISTED_OPERATIONS: folder });
  });
  afterAll(async () => {
    await installation.stop();
    await rm(folder, { recursive: true });
  });

  const register = (name: string, texts: string[][]) =>
    writeFile(join(folder, name), JSON.stringify(Object.fromEntries(texts)));
  const send = async (body: object): Promise<Answer> => {
    const response = await fetch(installation.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer crt_acme' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Answer;
  };
  const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions?.code;
  const byHash = (text: string) => ({
    extensions: { persistedQuery: { version: 1, sha256Hash: sha256(text) } },
  });

  it.each([
    ['its hash among the extensions', byHash(SEATS)],
    ['its hash, beside an empty text', { query: '', ...byHash(SEATS) }],
    ['its id', { documentId: `sha256:${sha256(SEATS)}` }],
    ['its id without the name of the algorithm', { documentId: sha256(SEATS) }],
    ['its text and its hash', { query: SEATS, ...byHash(SEATS) }],
  ])('is asked by %s, with variables', async (_, body) => {
    const { data, errors } = await send({ ...body, operationName: 'Seats', variables: { first: 1 } });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ runners: { nodes: [{ id: 'run_0' }] } });
  });

  it('is none because somebody sent its text with its hash', async () => {
    const text = '{ viewer { name } }';
    expect((await send({ query: text, ...byHash(text) })).data).toEqual({ viewer: { name: 'acme' } });
    const later = await send(byHash(text));
    expect(later.errors).toEqual([
      { message: expect.any(String), extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
    ]);
  });

  it('has no other text than the one that was registered', async () => {
    expect(codeOf(await send({ query: '{ viewer { name } }', ...byHash(SEATS) }))).toBe('BAD_USER_INPUT');
  });

  it('may be deeper and have more aliases and directives than others, by hash and by text', async () => {
    expect((await send(byHash(LARGE))).errors).toBeUndefined();
    expect((await send({ query: LARGE })).errors).toBeUndefined();
    expect(codeOf(await send({ query: `${LARGE} ` }))).toBe('QUERY_TOO_LARGE');
  });

  it('may not be dearer than others, which its variables decide', async () => {
    expect((await send({ ...byHash(DEAR), variables: { first: 2 } })).errors).toBeUndefined();
    expect(codeOf(await send({ ...byHash(DEAR), variables: { first: 100 } }))).toBe('QUERY_TOO_LARGE');
  });

  it('is all that API tokens are answered, where the operator says so, but not the console', async () => {
    const strict = await SmallInstallation.start({
      CLEANROOM_PERSISTED_OPERATIONS: folder,
      CLEANROOM_ONLY_PERSISTED_OPERATIONS: 'true',
    });
    const seats = { variables: { first: 1 } };
    expect((await strict.ask(SEATS, seats)).errors).toBeUndefined();
    for (const other of ['{ viewer { name } }', '{ __schema { types { name } } }'])
      expect(codeOf(await strict.ask(other))).toBe('FORBIDDEN');
    const cookie = {
      token: '',
      headers: { cookie: '__Host-cleanroom=crs_acme', origin: strict.gateway.url },
    };
    expect((await strict.ask('{ viewer { name } }', cookie)).data).toEqual({ viewer: { name: 'acme' } });
    const client = createClient({
      url: strict.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: 'Bearer crt_acme' },
    });
    const { value } = await client.iterate({ query: 'subscription { runnerChanged { cursor } }' }).next();
    expect(codeOf(value as Answer)).toBe('FORBIDDEN');
    await client.dispose();
    await strict.stop();
  });

  it('is taken from nobody without a token', async () => {
    const response = await fetch(installation.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(byHash(SEATS)),
    });
    expect(response.status).toBe(401);
  });

  it('is subscribed to over a WebSocket, whose message has an empty text', async () => {
    const client = createClient({
      url: installation.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: 'Bearer crt_acme' },
    });
    const changes = client.iterate({ query: '', ...byHash(CHANGES) });
    const first = changes.next();
    while (installation.listeners === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    installation.change('run_7');
    expect((await first).value).toEqual({ data: { runnerChanged: { cursor: 'run_7' } } });
    await client.dispose();
  });

  it.each([
    ['a text under the hash of another', JSON.stringify({ [sha256(SEATS)]: LARGE }), sha256(LARGE)],
    ['something else than texts', '{"a":1}', 'no JSON object of operations'],
    ['no JSON', '{', 'no JSON object of operations'],
  ])('lets the gateway not start from a file with %s', async (_, content, said) => {
    const wrong = await mkdtemp(join(tmpdir(), 'cleanroom-persisted-'));
    await writeFile(join(wrong, 'wrong.json'), content);
    await expect(PersistedOperations.load(wrong)).rejects.toThrow(said);
    await rm(wrong, { recursive: true });
  });
});
