import { startGitLabSimulator } from '../src/index.js';
import type { GitLabSimulator } from '../src/index.js';
import { adminOf } from './admin-client.js';
import { createRunnerAt, RunnerVoice } from './runner-voice.js';

let simulator: GitLabSimulator;

beforeAll(async () => {
  simulator = await startGitLabSimulator({ tokens: { t: { scopes: ['api'] } } });
});
afterAll(() => simulator.stop());

/** Asks with a body that may be no JSON at all. */
async function ask(method: string, path: string, body?: string): Promise<[number, unknown]> {
  const headers = { 'private-token': 't', 'content-type': 'application/json' };
  const answer = await fetch(`${simulator.url}/api/v4/${path}`, { method, headers, body });
  const text = await answer.text();
  return [answer.status, text === '' ? undefined : JSON.parse(text)];
}

describe('a parameter', () => {
  it('of the wrong type is the fault of who asks', async () => {
    const [id = 0] = await adminOf(simulator.url).queueJobs({ tags: ['linux'] });
    const { token } = await createRunnerAt(simulator.url, 't');
    const job = (await new RunnerVoice(simulator.url, token).requestJob()).body;
    const end = JSON.stringify({ token: job.token, state: 5 });
    expect(await ask('PUT', `jobs/${id}`, end)).toEqual([400, { error: 'state is invalid' }]);
    expect(await ask('POST', `projects/1/jobs/${id}/cancel`, '{"force":"perhaps"}')).toEqual([
      ...[400, { error: 'force is invalid' }],
    ]);
    expect(await ask('POST', 'user/runners', '{')).toEqual([
      ...[400, { error: 'message body does not match declared format' }],
    ]);
  });

  it('that has few values is refused with another, and finds by each of its own', async () => {
    const { id } = await createRunnerAt(simulator.url, 't');
    await ask('PUT', `runners/${id}`, '{"paused":true}');
    const found = async (query: string): Promise<number[]> =>
      ((await ask('GET', `groups/1/runners?${query}`))[1] as { id: number }[]).map((runner) => runner.id);
    expect(await found('status=paused')).toEqual([id]);
    expect(await found('status=active')).not.toContain(id);
    expect(await found('status=never_contacted&type=group_type')).toEqual([id]);
    expect(await found('type=project_type')).toEqual([]);
    for (const [path, name] of [
      ['runners?status=shared', 'status'],
      ['runners?type=shared', 'type'],
      [`runners/${id}/jobs?status=over`, 'status'],
    ])
      expect(await ask('GET', path ?? '')).toEqual([400, { error: `${name} does not have a valid value` }]);
  });

  it('of null is as good as none, in all that a runner says', async () => {
    const [id = 0] = await adminOf(simulator.url).queueJobs({ tags: ['linux'] });
    const { token } = await createRunnerAt(simulator.url, 't');
    const info = { version: '19.0.0', revision: null, features: { cancel_gracefully: true } };
    const question = { token, system_id: null, last_update: null, info };
    const [status, job] = await ask('POST', 'jobs/request', JSON.stringify(question));
    expect([status, job]).toEqual([201, expect.objectContaining({ id })]);
    const silent = JSON.stringify({ token, info: null });
    expect((await ask('POST', 'jobs/request', silent))[0]).toBe(204);
    await adminOf(simulator.url).cancelJob(id);
    expect(await ask('GET', `projects/1/jobs/${id}`)).toEqual([
      ...[200, expect.objectContaining({ status: 'canceling' })],
    ]);
    const { token: jobToken } = job as { token: string };
    const end = { token: jobToken, state: 'failed', failure_reason: null, output: null };
    expect((await ask('PUT', `jobs/${id}`, JSON.stringify(end)))[0]).toBe(200);
  });
});

describe('a method', () => {
  it('that an operation has not is refused as such, and a path that is none is not found', async () => {
    for (const [method, path] of [
      ['DELETE', 'version'],
      ['PATCH', 'projects/acme%2Fweb/jobs'],
      ['GET', 'jobs/request'],
      ['POST', 'runners/all'],
    ] as const)
      expect([path, ...(await ask(method, path))]).toEqual([path, 405, { error: '405 Not Allowed' }]);
    expect(await ask('POST', 'nothing')).toEqual([404, { error: '404 Not Found' }]);
    // What a runner is not called is still a runner that is not there.
    expect((await ask('PUT', 'runners/all', '{"paused":true}'))[0]).toBe(404);
  });
});
