import { readFileSync } from 'node:fs';
import { scaledClock } from '@cleanroom/kernel';
import { eventually } from '@cleanroom/testing';
import { startGitLabSimulator } from '../src/index.js';
import type { GitLabSimulator, GitLabSimulatorOptions } from '../src/index.js';
import { adminOf } from './admin-client.js';
import { createRunnerAt, RunnerVoice } from './runner-voice.js';

const HOUR = 3_600;
const BURSTS = new URL('../../../bench/traces/global-bursts.csv', import.meta.url);

describe('the simulated GitLab', () => {
  let simulator: GitLabSimulator;
  let admin: ReturnType<typeof adminOf>;

  const start = async (options: Partial<GitLabSimulatorOptions> = {}): Promise<void> => {
    simulator = await startGitLabSimulator({ tokens: { t: { scopes: ['api'] } }, ...options });
    admin = adminOf(simulator.url);
  };
  const ask = async <T>(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; body: T }> => {
    const headers = { 'private-token': 't', 'content-type': 'application/json' };
    const given = body ? { body: JSON.stringify(body) } : {};
    const answer = await fetch(`${simulator.url}/api/v4${path}`, { method, headers, ...given });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
  };

  afterEach(() => simulator.stop());

  it('hands out the ref of a git tag as one', async () => {
    await start();
    await admin.queueJobs({ tags: ['linux'], ref: 'v1.0', gitTag: true });
    const voice = new RunnerVoice(simulator.url, (await createRunnerAt(simulator.url, 't')).token);
    expect((await voice.requestJob()).body).toMatchObject({
      git_info: { ref_type: 'tag', refspecs: ['+refs/tags/v1.0:refs/tags/v1.0'] },
    });
  });

  it('lists jobs by every status that there is, and refuses another', async () => {
    await start();
    const statusOf = async (query: string) => (await ask('GET', `/projects/1/jobs?${query}`)).status;
    expect(await statusOf('scope[]=pending&scope[]=waiting_for_resource')).toBe(200);
    expect(await ask('GET', '/projects/1/jobs?scope=nonsense')).toEqual({
      ...{ status: 400, body: { error: 'scope does not have a valid value' } },
    });
  });

  it('tells of each machine what it said last, and forgets one when that says so', async () => {
    await start();
    const { id, token } = await createRunnerAt(simulator.url, 't');
    const speak = (method: string, path: string, systemId: string, version: string) =>
      ask(method, path, { token, system_id: systemId, info: { version, platform: 'linux' } });
    const [one, other] = ['s_0123456789ab', 'r_0123456789cd'];
    await speak('POST', '/runners/verify', one, '17.9.3');
    await speak('POST', '/runners/verify', other, '18.6.0');
    await speak('POST', '/runners/verify', one, '19.3.0');
    const machines = async () => (await ask('GET', `/runners/${id}/managers`)).body;
    expect(await machines()).toMatchObject([
      { system_id: one, version: '19.3.0', platform: 'linux', ip_address: '127.0.0.1', status: 'online' },
      { system_id: other, version: '18.6.0' },
    ]);
    expect((await ask('DELETE', '/runners/managers', { token, system_id: one })).status).toBe(204);
    expect((await ask('DELETE', '/runners/managers', { token, system_id: one })).status).toBe(404);
    expect((await ask('DELETE', '/runners/managers', { token })).status).toBe(400);
    expect(await machines()).toMatchObject([{ system_id: other }]);
    expect((await ask('GET', `/runners/${id}`)).status).toBe(200);
  });

  it('counts runners, and tells nobody how many jobs there are', async () => {
    await start();
    await admin.queueJobs({}, 3);
    for (const _ of [1, 2, 3]) await createRunnerAt(simulator.url, 't');
    const page = async (path: string) => {
      const answer = await fetch(`${simulator.url}/api/v4/${path}`, { headers: { 'private-token': 't' } });
      const relations = [...(answer.headers.get('link') ?? '').matchAll(/rel="(\w+)"/g)].map(
        ([, rel]) => rel,
      );
      return [relations, answer.headers.get('x-next-page'), answer.headers.get('x-total')];
    };
    expect(await page('groups/1/runners?per_page=2')).toEqual([['next', 'first', 'last'], '2', '3']);
    expect(await page('projects/1/jobs?per_page=2')).toEqual([['next', 'first'], '2', null]);
    expect(await page('projects/1/jobs?per_page=2&page=2')).toEqual([['prev', 'first'], '', null]);
    expect(await page('runners/1/jobs')).toEqual([['first', 'last'], '', '0']);
    expect(await page('runners/1/jobs?system_id=s_0123456789ab')).toEqual([['first'], '', null]);
  });

  it('switches no webhook off where it was told not to', async () => {
    await start({ autoDisableHooks: false });
    const url = 'http://127.0.0.1:9/nobody';
    await ask('POST', '/projects/1/hooks', { url, job_events: true });
    await admin.queueJobs({}, 5);
    await eventually(async () => (await admin.ledger()).webhooks.length === 5);
    const { body } = await ask<object[]>('GET', '/projects/1/hooks');
    expect(body).toMatchObject([{ alert_status: 'executable', disabled_until: null }]);
  });

  it('plays the largest burst of the trace that ships', async () => {
    const trace = readFileSync(BURSTS, 'utf8');
    const arrivals = trace
      .split('\n')
      .slice(1, -1)
      .map((line) => Number(line.split(',')[0]));
    const near = (at: number) => arrivals.filter((other) => other >= at && other < at + 5).length;
    const burst = arrivals.reduce((best, at) => (near(at) > near(best) ? at : best), 0);
    const from = burst - HOUR / 2;
    const within = arrivals.filter((at) => at >= from && at < from + HOUR);
    const text = ['arrival,duration,tags', ...within.map((at) => `${at},60,linux`)].join('\n');
    await start({ clock: scaledClock({ realEpochMs: Date.now(), virtualEpochMs: 0, factor: HOUR }) });
    await admin.workload({ trace: text, projects: ['acme/web'], from });
    await eventually(async () => (await admin.ledger()).jobs.length === within.length);
    const { jobs } = await admin.ledger();
    const queued = jobs.map(({ queuedAt }) => Date.parse(queuedAt) / 1_000);
    expect(near(burst)).toBeGreaterThanOrEqual(20);
    expect(queued).toEqual([...queued].sort((a, b) => a - b));
    expect(await admin.workloadState()).toMatchObject({
      statistics: { trace: { jobs: within.length }, progress: { queued: within.length, picked: 0 } },
    });
  });
});
