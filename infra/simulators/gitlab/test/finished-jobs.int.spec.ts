import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseJobHook } from '@cleanroom/gitlab';
import { startGitLabSimulator } from '../src/index.js';
import type { GitLabSimulator } from '../src/index.js';
import { adminOf, until } from './admin-client.js';
import { createRunnerAt, RunnerVoice } from './runner-voice.js';
import { startWebhookReceiver } from './webhook-receiver.js';

const tokens = { t: { scopes: ['api'] }, guest: { scopes: ['api'], role: 'guest' as const } };

describe('what people ask of a job that is under way or over', () => {
  let folder: string;
  let simulator: GitLabSimulator;
  let admin: ReturnType<typeof adminOf>;
  let voice: RunnerVoice;
  let runnerId: number;

  const start = async (stateFolder?: string): Promise<void> => {
    simulator = await startGitLabSimulator({ tokens, ...(stateFolder ? { stateFolder } : {}) });
    admin = adminOf(simulator.url);
  };
  const begin = async (): Promise<[jobId: number, jobToken: string]> => {
    const { id, token } = await createRunnerAt(simulator.url, 't');
    [runnerId, voice] = [id, new RunnerVoice(simulator.url, token)];
    const [jobId = 0] = await admin.queueJobs({ tags: ['linux'], script: ['make'], idTokens: { T: 'x' } });
    return [jobId, (await voice.requestJob()).body.token ?? ''];
  };
  const ask = async (method: string, path: string, token = 't'): Promise<[number, string]> => {
    const headers = { 'private-token': token };
    const answer = await fetch(`${simulator.url}/api/v4/${path}`, { method, headers });
    return [answer.status, await answer.text()];
  };
  const traceOf = (id: number, token?: string) => ask('GET', `projects/1/jobs/${id}/trace`, token);
  const retry = async (id: number): Promise<[number, Record<string, unknown> & { id: number }]> => {
    const [status, text] = await ask('POST', `projects/1/jobs/${id}/retry`);
    return [status, JSON.parse(text)];
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gitlab-'));
  });
  afterEach(async () => {
    await simulator.stop();
    rmSync(folder, { recursive: true });
  });

  it.each(['memory', 'a folder'])(
    'its trace as far as it came, begun anew where it was another, from %s',
    async (where) => {
      await start(where === 'memory' ? undefined : folder);
      const [id, jobToken] = await begin();
      expect(await traceOf(id)).toEqual([200, '']);
      await voice.appendTrace(id, jobToken, 0, 'hello wrong world');
      const output = { checksum: 'crc32:0d4a1185', bytesize: 11 };
      expect((await voice.updateJob(id, jobToken, 'success', { output })).status).toBe(412);
      await voice.appendTrace(id, jobToken, 0, 'hello ');
      await voice.appendTrace(id, jobToken, 6, 'world');
      expect(await traceOf(id)).toEqual([200, 'hello world']);
      expect((await traceOf(id, 'guest'))[0]).toBe(403);
      expect((await traceOf(999))[0]).toBe(404);
      if (where === 'memory') return;
      await simulator.stop();
      await start(folder);
      expect(await traceOf(id)).toEqual([200, 'hello world']);
    },
  );

  it('another try, under an id of its own and in the same pipeline, of the newest one only', async () => {
    await start();
    const receiver = await startWebhookReceiver();
    try {
      const hook = { method: 'POST', headers: { 'private-token': 't', 'content-type': 'application/json' } };
      const body = JSON.stringify({ url: receiver.url, job_events: true });
      await fetch(`${simulator.url}/api/v4/projects/1/hooks`, { ...hook, body });
      const [id, jobToken] = await begin();
      expect(await retry(id)).toEqual([403, { message: '403 Forbidden - Job is not retryable' }]);
      await voice.updateJob(id, jobToken, 'failed');
      const [status, again] = await retry(id);
      expect(again.id).toBeGreaterThan(id);
      expect([status, again]).toMatchObject([201, { status: 'pending', runner: null, tag_list: ['linux'] }]);
      const first = JSON.parse((await ask('GET', `projects/1/jobs/${id}`))[1]);
      expect(again.pipeline).toMatchObject({ id: first.pipeline.id });
      expect((await retry(id))[0]).toBe(403);
      const picked = await voice.requestJob();
      expect(picked.body).toMatchObject({ id: again.id, steps: [{ script: ['make'] }] });
      expect(JSON.stringify(picked.body)).toContain('"key":"T"');
      await until('the retry is told', () => receiver.received.length === 5);
      const told = receiver.received.map(({ rawBody }) => JSON.parse(rawBody.toString()));
      const ofRetry = told.filter(({ build_id: build }) => build === again.id);
      expect(ofRetry.map(({ retries_count: count }) => count)).toEqual([1, 1]);
      expect(parseJobHook(receiver.received[0]!.rawBody)).toBeDefined();
    } finally {
      await receiver.stop();
    }
  });

  it('its end, by force where its machine does not answer the cancellation', async () => {
    await start();
    const [id, jobToken] = await begin();
    const cancel = async (query = '', token = 't'): Promise<string> =>
      JSON.parse((await ask('POST', `projects/1/jobs/${id}/cancel${query}`, token))[1]).status;
    expect([await cancel(), await cancel()]).toEqual(['canceling', 'canceling']);
    expect(await cancel('?force=true')).toBe('canceled');
    const late = await voice.updateJob(id, jobToken, 'failed');
    expect([late.status, late.headers.get('job-status')]).toEqual([403, 'canceled']);
  });

  it('another token for its runner, beside which the old one is worth nothing', async () => {
    await start();
    await begin();
    const [status, text] = await ask('POST', `runners/${runnerId}/reset_authentication_token`);
    const { token } = JSON.parse(text) as { token: string };
    expect([status, token]).toEqual([201, expect.stringMatching(/^glrt-/)]);
    expect((await voice.requestJob()).status).toBe(403);
    expect((await new RunnerVoice(simulator.url, token).requestJob()).status).toBe(204);
  });
});
