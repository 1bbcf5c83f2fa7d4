import { createGitLabClient } from '@cleanroom/gitlab';
import { readClock } from '@cleanroom/kernel';
import { startGitLabSimulator, type GitLabSimulator } from '../src/index.js';
import { RunnerVoice } from './runner-voice.js';

const TOKEN = 't';

interface Ledger {
  readonly now: string;
  readonly clock: string;
  readonly entries: readonly {
    seq: number;
    type: string;
    operation?: string;
    kind?: string;
    what?: string;
  }[];
  readonly resources: readonly {
    kind: string;
    id: number;
    facts: Record<string, unknown>;
    events: object[];
  }[];
}

let simulator: GitLabSimulator;

beforeEach(async () => {
  simulator = await startGitLabSimulator({ tokens: { [TOKEN]: { scopes: ['api'] } } });
});
afterEach(() => simulator.stop());

const control = async (method: string, path: string, body?: object): Promise<[number, unknown]> => {
  const sent = body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {};
  const response = await fetch(`${simulator.url}/_sim/${path}`, { method, ...sent });
  const text = await response.text();
  return [response.status, text === '' ? undefined : JSON.parse(text)];
};
const ledger = async (after = 0): Promise<Ledger> =>
  (await control('GET', `ledger?after=${after}`))[1] as Ledger;
const client = () => createGitLabClient({ url: simulator.url, token: TOKEN, timeoutMs: 10_000 });

async function createRunner(description = 'cr-m1-g1'): Promise<{ id: number; token: string }> {
  const made = await fetch(`${simulator.url}/api/v4/user/runners`, {
    method: 'POST',
    headers: { 'private-token': TOKEN, 'content-type': 'application/json' },
    body: JSON.stringify({ runner_type: 'group_type', group_id: 1, tag_list: ['linux'], description }),
  });
  return (await made.json()) as { id: number; token: string };
}

describe('a job', () => {
  it('is queued with its script, as a list or as a text, and told by id and status', async () => {
    const { token } = await createRunner();
    const job = { project: 'acme/web', name: 'test', tags: ['linux'], protected: true };
    expect(await control('POST', 'jobs', { ...job, script: ['sleep 3', 'exit 4'] })).toEqual([
      201,
      { id: 1001, status: 'pending' },
    ]);
    await control('POST', 'jobs', { ...job, script: 'echo one\nsleep 2' });
    const scripts = [];
    for (let asked = 0; asked < 2; asked += 1) {
      const { body } = await new RunnerVoice(simulator.url, token).requestJob();
      scripts.push((body as unknown as { steps: { script: string[] }[] }).steps[0]?.script);
    }
    expect(scripts).toEqual([
      ['sleep 3', 'exit 4'],
      ['echo one', 'sleep 2'],
    ]);
  });

  it.each<[object, number, string]>([
    [{}, 400, 'project: '],
    [{ project: 'acme/web', durationSeconds: 5 }, 400, 'durationSeconds: there is no such field'],
    [{ project: 'acme/web', tags: 'linux' }, 400, 'tags: '],
    [{ project: 'acme/web', script: 5 }, 400, 'script: '],
    [{ project: 'acme/web', protected: 'yes' }, 400, 'protected: '],
    [{ project: 'acme/none' }, 404, 'Project'],
  ])('is refused as %j', async (wrong, status, problem) => {
    const [answered, body] = await control('POST', 'jobs', wrong);
    expect(answered).toBe(status);
    expect(JSON.stringify(body)).toContain(problem);
  });
});

describe('the ledger', () => {
  it('tells calls, what happened to runners and jobs, and counts questions in vain', async () => {
    const { id, token } = await createRunner();
    const voice = new RunnerVoice(simulator.url, token);
    await voice.requestJob();
    await voice.requestJob();
    await control('POST', 'jobs', { project: 'acme/web', tags: ['linux'] });
    await voice.requestJob();
    const { now, clock, entries, resources } = await ledger();
    expect(Math.abs((readClock(clock)?.now().getTime() ?? 0) - Date.parse(now))).toBeLessThan(5_000);
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_entry, index) => index + 1));
    expect(entries.filter(({ operation }) => operation === 'request_job')).toEqual([
      {
        ...{ seq: expect.any(Number), at: expect.any(String), type: 'call', operation: 'request_job' },
        ...{ method: 'POST', path: '/api/v4/jobs/request', status: 201, answerLost: false },
        remoteAddress: '127.0.0.1',
      },
    ]);
    expect(entries.filter(({ kind }) => kind === 'job').map(({ what }) => what)).toEqual([
      'queued',
      'picked',
    ]);
    const [runner, job] = resources;
    expect(runner).toMatchObject({ kind: 'runner', id, deletedAt: null, startedHours: 1 });
    expect(runner?.facts).toMatchObject({ description: 'cr-m1-g1', emptyPolls: 2, jobIds: [1001] });
    expect(runner?.events).toMatchObject([{ what: 'created' }, { what: 'contacted' }]);
    expect(job).toMatchObject({ kind: 'job', id: 1001, facts: { status: 'running', runnerId: id } });
    const last = entries.at(-1)?.seq ?? 0;
    expect((await ledger(last)).entries).toEqual([]);
    expect((await control('GET', 'ledger?since=1'))[0]).toBe(400);
  });

  it('says whose answer was lost', async () => {
    await control('POST', 'faults', { operation: 'create_runner', mode: 'lose_answer', times: 1 });
    await expect(createRunner()).rejects.toThrow();
    expect((await ledger()).entries).toContainEqual(
      expect.objectContaining({ operation: 'create_runner', status: 201, answerLost: true }),
    );
  });
});

describe('a fault', () => {
  it.each([
    ...['verify_runner', 'request_job', 'update_job', 'append_trace', 'create_runner', 'get_runner'],
    ...['list_runners', 'delete_runner', 'get_job', 'list_jobs', 'cancel_job', 'get_self', 'edit_runner'],
    ...[
      'list_runner_jobs',
      'list_runner_managers',
      'list_projects',
      'create_hook',
      'list_hooks',
      'edit_hook',
    ],
  ])('can strike %s', async (operation) => {
    expect((await control('POST', 'faults', { operation, mode: 'fail', times: 1 }))[0]).toBe(201);
  });

  it('answers as it was told, with the time to wait', async () => {
    const fault = { operation: 'get_self', mode: 'fail', status: 429, message: 'slow down', retryAfter: 7 };
    await control('POST', 'faults', { ...fault, times: 1 });
    const ask = () =>
      fetch(`${simulator.url}/api/v4/personal_access_tokens/self`, { headers: { 'private-token': TOKEN } });
    const [refused, answered] = [await ask(), await ask()];
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await refused.json()).toEqual({ message: 'slow down' });
    expect(answered.status).toBe(200);
  });

  it('leaves a runner out of the lists, where its description would find it', async () => {
    const { id } = await createRunner();
    const other = await createRunner('cr-m2-g1');
    await control('POST', 'faults', { operation: 'list_runners', mode: 'omit', id, times: 1 });
    const listed = async () => (await client().listRunners({ groupId: 1 })).map((runner) => runner.id);
    expect(await listed()).toEqual([other.id]);
    expect((await listed()).sort()).toEqual([id, other.id]);
  });

  it.each<[object, string]>([
    [{ operation: 'list_all_runners', mode: 'fail' }, 'operation: '],
    [{ operation: 'webhook', mode: 'fail' }, 'mode: '],
    [{ operation: 'get_job', mode: 'double' }, 'mode: '],
    [{ operation: 'get_job', mode: 'fail', count: 1 }, 'count: there is no such field'],
  ])('that nobody can have asked for is refused: %j', async (wrong, problem) => {
    const [status, body] = await control('POST', 'faults', wrong);
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain(problem);
  });
});

it('tokens have 64 characters, and times whole seconds', async () => {
  const { id, token } = await createRunner();
  expect(token).toMatch(/^glrt-.{59}$/);
  const shown = await fetch(`${simulator.url}/api/v4/runners/${id}`, { headers: { 'private-token': TOKEN } });
  const { created_at } = (await shown.json()) as { created_at: string };
  expect(created_at).toMatch(/:\d\d\.000Z$/);
  expect((await ledger()).resources).toMatchObject([{ kind: 'runner', id, createdAt: created_at }]);
});

it('lists of runners show the description, only a single read the maintenance note', async () => {
  const { id } = await createRunner();
  const [listed] = await client().listRunners({ groupId: 1 });
  expect(listed).toMatchObject({ id, description: 'cr-m1-g1' });
  expect(listed).not.toHaveProperty('maintenanceNote');
  expect(await client().getRunner(id)).toHaveProperty('maintenanceNote');
});
