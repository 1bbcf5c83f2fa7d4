import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGitLabClient } from './client.js';
import type { GitLabClient } from './client.js';
import { GitLabError } from './gitlab-error.js';

const TOKEN = 'glpat-canary-1234567890';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body));

const runner = {
  id: 7,
  description: 'a',
  runner_type: 'group_type',
  paused: false,
  online: null,
  status: 'never_contacted',
};
const details = {
  ...runner,
  tag_list: ['linux'],
  run_untagged: false,
  access_level: 'not_protected',
  locked: false,
};
const newRunner = {
  type: 'group',
  groupId: 3,
  description: 'a',
  tags: ['linux'],
  runUntagged: false,
  maintenanceNote: 'cleanroom:i:m:1',
} as const;

describe('the GitLab client', () => {
  let server: Server;
  let client: GitLabClient;
  let answers: Answer[];
  let seen: { line: string; token: unknown; body: string }[];

  beforeEach(async () => {
    answers = [];
    seen = [];
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      seen.push({ line: `${request.method} ${request.url}`, token: request.headers['private-token'], body });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      answer?.(request, response);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/`;
    client = createGitLabClient({ url, token: TOKEN, timeoutMs: 2_000, retryDelaysMs: [1, 1] });
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  const failure = async (call: Promise<unknown>): Promise<GitLabError> => {
    const error = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GitLabError);
    return error as GitLabError;
  };

  it('creates a runner with the body that GitLab documents and returns its token', async () => {
    answers = [json(201, { id: 7, token: 'glrt-x', token_expires_at: null })];
    await expect(client.createRunner(newRunner)).resolves.toEqual({
      id: 7,
      token: 'glrt-x',
      tokenExpiresAt: null,
    });
    expect(seen).toEqual([{ line: 'POST /api/v4/user/runners', token: TOKEN, body: expect.any(String) }]);
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      runner_type: 'group_type',
      group_id: 3,
      description: 'a',
      tag_list: ['linux'],
      run_untagged: false,
      maintenance_note: 'cleanroom:i:m:1',
    });
  });

  it('replaces the tags of a runner, also with none', async () => {
    answers = [json(200, details)];
    await client.setJobsTaken(7, { tags: [], runUntagged: true });
    expect(seen[0]?.line).toBe('PUT /api/v4/runners/7');
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ tag_list: [], run_untagged: true });
  });

  it('changes whether a runner takes jobs of protected refs only', async () => {
    answers = [json(200, details)];
    await client.setJobsTaken(7, { tags: ['a'], runUntagged: false, accessLevel: 'ref_protected' });
    expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({ access_level: 'ref_protected' });
  });

  it('sends one POST when GitLab answers 502 three times, and calls the outcome unknown', async () => {
    answers = [
      json(502, {}),
      json(502, {}),
      json(502, {}),
      json(201, { id: 7, token: 'glrt-x', token_expires_at: null }),
    ];
    const error = await failure(client.createRunner(newRunner));
    expect(error.kind).toBe('unknown-outcome');
    expect(seen).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    ['does not answer in time', () => undefined],
    ['cuts the connection', (request) => request.socket.destroy()],
    ['answers half a body', json(201, { id: 7 })],
    ['answers no JSON', (_request, response) => void response.writeHead(201).end('<html>')],
  ])('calls the outcome of a write unknown when GitLab %s', async (_how, answer) => {
    answers = [answer];
    expect((await failure(client.createRunner(newRunner))).kind).toBe('unknown-outcome');
    expect(seen).toHaveLength(1);
  });

  it('knows that a write to a closed port was never carried out', async () => {
    await new Promise((done) => server.close(done));
    expect((await failure(client.createRunner(newRunner))).kind).toBe('unavailable');
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });

  it('repeats a read after passing faults', async () => {
    answers = [json(503, {}), (request) => request.socket.destroy(), json(200, details)];
    await expect(client.getRunner(7)).resolves.toMatchObject({
      id: 7,
      runnerType: 'group',
      tagList: ['linux'],
    });
    expect(seen).toHaveLength(3);
  });

  it('gives a read up after its repetitions', async () => {
    answers = [json(500, {})];
    expect((await failure(client.getRunner(7))).kind).toBe('unavailable');
    expect(seen).toHaveLength(3);
  });

  it('does not swallow an answer that would fill its memory', async () => {
    const megabyte = 'x'.repeat(1024 * 1024);
    answers = [
      (_request, response) => {
        for (let i = 0; i < 20; i++) response.write(megabyte);
        response.end();
      },
    ];
    expect((await failure(client.createRunner(newRunner))).message).toContain('TOO_LARGE');
  });

  it('waits as long as Retry-After says before it repeats a read', async () => {
    answers = [json(429, {}, { 'retry-after': '1' }), json(200, details)];
    const begun = Date.now();
    await client.getRunner(7);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(900);
  });

  it('says when to come back instead of waiting long, and never repeats a write that was limited', async () => {
    answers = [json(429, {}, { 'retry-after': '60' })];
    for (const call of [() => client.getRunner(7), () => client.createRunner(newRunner)]) {
      const error = await failure(call());
      expect(error.kind).toBe('rate-limited');
      expect(error.retryAt?.getTime()).toBeGreaterThan(Date.now() + 50_000);
    }
    expect(seen).toHaveLength(2);
  });

  it.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [400, 'invalid'],
    [409, 'conflict'],
    [302, 'invalid'],
  ])('understands %i as %s', async (status, kind) => {
    answers = [json(status, { message: 'no' }, { location: 'http://127.0.0.1:1/' })];
    expect((await failure(client.pauseRunner(7))).kind).toBe(kind);
  });

  it('takes a runner that is already gone for deleted, but not on the word of a proxy', async () => {
    answers = [json(404, { message: '404 Runner Not Found' })];
    await expect(client.deleteRunner(7)).resolves.toBeUndefined();
    await expect(client.runningJobsOfRunner(7)).resolves.toEqual([]);
    answers = [
      (_request, response) => void response.writeHead(404, { 'content-type': 'text/html' }).end('<html>'),
    ];
    expect((await failure(client.deleteRunner(7))).kind).toBe('unknown-outcome');
  });

  it('never shows a token in an error, even where GitLab repeats it', async () => {
    answers = [json(400, { message: { token: [`${TOKEN} and glrt-t1_abc.def are wrong`] } })];
    const error = await failure(client.deleteRunnerByToken('glrt-t1_abc.def'));
    expect(JSON.stringify([error, error.message, error.stack, error.cause])).not.toMatch(/canary|t1_abc/);
    expect(seen[0]?.line).toBe('DELETE /api/v4/runners');
  });

  it('finds a runner by its maintenance note, which lists do not show', async () => {
    answers = [
      json(200, [runner, { ...runner, id: 8 }, { ...runner, id: 9 }]),
      json(200, { ...details, maintenance_note: 'other' }),
      json(200, { ...details, id: 8, maintenance_note: 'mark' }),
      json(404, { message: '404 Not found' }),
    ];
    const found = await client.findRunnersByNote({ groupId: 3 }, 'mark');
    expect(found.map(({ id }) => id)).toEqual([8]);
    expect(seen[0]?.line).toBe('GET /api/v4/groups/3/runners?type=group_type&per_page=100');
  });

  it('reads every page of a list, unless only the first few are asked for', async () => {
    const next = (page: number) => ({
      link: `<http://elsewhere.invalid/x?page=${page}&per_page=100>; rel="next"`,
    });
    answers = [json(200, [runner], next(2))];
    expect((await client.listRunners({ first: 1 })).map(({ id }) => id)).toEqual([7]);
    answers = [json(200, [runner], next(2)), json(200, [{ ...runner, id: 8 }])];
    expect((await client.listRunners({ projectId: 4 })).map(({ id }) => id)).toEqual([7, 8]);
    expect(seen[2]?.line).toContain('page=2');
  });

  it('says undefined for a project that does not exist, and asks for it by its encoded path', async () => {
    answers = [json(404, { message: '404 Project Not Found' })];
    await expect(client.findProject('acme/web')).resolves.toBeUndefined();
    expect(seen[0]?.line).toBe('GET /api/v4/projects/acme%2Fweb');
  });

  it('tells the scopes of a token that may not read its own user', async () => {
    const self = {
      id: 1,
      name: 't',
      user_id: 5,
      scopes: ['create_runner'],
      active: true,
      expires_at: '2027-01-01',
    };
    answers = [json(200, self), json(403, { error: 'insufficient_scope' })];
    await expect(client.checkToken()).resolves.toMatchObject({ user: { id: 5 }, scopes: ['create_runner'] });
  });
});
