import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGitLabClient } from '@cleanroom/gitlab';
import { scaledClock, systemClock } from '@cleanroom/kernel';
import { startGitLabSimulator } from '../src/index.js';
import type { GitLabSimulator, GitLabSimulatorOptions } from '../src/index.js';
import { adminOf, until } from './admin-client.js';
import { RunnerVoice } from './runner-voice.js';

const tokens = { t: { scopes: ['api'] } };
const HOUR = 3_600_000;

describe('faults, time and memory of the simulated GitLab', () => {
  let folder: string;
  let simulator: GitLabSimulator;

  const clientOf = ({ url }: GitLabSimulator, timeoutMs?: number) =>
    createGitLabClient({ url, token: 't', timeoutMs, retryDelaysMs: [] });
  const start = async (options: Partial<GitLabSimulatorOptions> = {}) => {
    simulator = await startGitLabSimulator({ tokens, stateFolder: folder, ...options });
    const client = clientOf(simulator);
    const groupId = (await client.findGroup('acme'))?.id ?? 0;
    const createRunner = (by = client) =>
      by.createRunner({
        ...{
          type: 'group',
          groupId,
          description: 'r',
          tags: ['linux'],
          runUntagged: false,
          maintenanceNote: 'n',
        },
      });
    return { client, groupId, createRunner, admin: adminOf(simulator.url) };
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gitlab-simulator-'));
  });

  afterEach(async () => {
    await simulator.stop();
    await rm(folder, { recursive: true });
  });

  it('takes an end after five minutes whose trace never adds up', async () => {
    const clock = scaledClock({ realEpochMs: Date.now(), virtualEpochMs: Date.now(), factor: 600 });
    const { createRunner, admin } = await start({ clock });
    const voice = new RunnerVoice(simulator.url, (await createRunner()).token);
    const [jobId = 0] = await admin.queueJobs({ tags: ['linux'] });
    const jobToken = (await voice.requestJob()).body.token ?? '';
    const end = async () =>
      (await voice.updateJob(jobId, jobToken, 'failed', { output: { bytesize: 5 } })).status;
    expect(await end()).toBe(202);
    await until('the end is taken', async () => (await end()) === 200);
    expect((await admin.ledger()).jobs).toMatchObject([{ jobId, status: 'failed', traceComplete: false }]);
  });

  it('forgets old calls rather than jobs, says how many, and shows those that are asked for', async () => {
    await start();
    await simulator.stop();
    const call = { type: 'api-call', operation: 'get_job', method: 'GET', path: '/', status: 200 };
    const line = (seq: number) => JSON.stringify({ seq, at: '', realAt: '', ...call });
    const queued = JSON.stringify({ seq: 1, at: '', realAt: '', type: 'job-queued', jobId: 7 });
    const calls = Array.from({ length: 40_010 }, (_, index) => line(index + 2));
    await writeFile(join(folder, 'ledger.jsonl'), `${queued}\n${calls.join('\n')}\n{"seq"`);
    const { admin } = await start();
    const all = await admin.ledger();
    expect(all.jobs).toMatchObject([{ jobId: 7 }]);
    expect([all.callsForgotten, all.calls.length, all.calls[0]?.seq]).toEqual([20_001, 20_010, 20_003]);
    expect(await admin.ledger('?since=40009&operation=get_job')).toMatchObject({
      ...{ callsForgotten: 0, lastSeq: 40_012, calls: [{ seq: 40_010 }, { seq: 40_011 }] },
    });
    expect((await admin.ledger('?operation=update_job')).calls).toEqual([]);
    await simulator.stop();
    // What was cut off takes nothing with it that came later.
    const written = (await readFile(join(folder, 'ledger.jsonl'), 'utf8')).split('\n');
    expect(written.slice(-3)).toEqual(['{"seq"', expect.stringContaining('"seq":40012'), '']);
    await start();
  });

  it.each([
    ['fail', { status: 503 }, 0],
    ['reset', {}, 0],
    ['lose_answer', {}, 1],
    ['truncate', {}, 1],
    ['delay', { ms: 3_000 }, 1],
  ])('%s: the caller knows nothing, and the truth is as documented', async (mode, rest, made) => {
    const { client, groupId, createRunner, admin } = await start();
    await admin.fault({ operation: 'create_runner', mode, times: 1, ...rest });
    // It is to give up before a delayed answer comes.
    const hasty = clientOf(simulator, 2_000);
    await expect(createRunner(hasty)).rejects.toMatchObject({ kind: 'unknown-outcome' });
    await until('the truth', async () => (await client.listRunners({ groupId })).length === made);
    expect((await admin.ledger()).calls.filter(({ fault }) => fault === mode)).toHaveLength(1);
  });

  it('remembers everything over a restart, and gives no id twice', async () => {
    const before = await start();
    const { id, token } = await before.createRunner();
    const [jobId = 0] = await before.admin.queueJobs({ tags: ['linux'] });
    await simulator.stop();
    const after = await start();
    expect(await after.client.getRunner(id)).toMatchObject({ maintenanceNote: 'n' });
    expect((await after.admin.ledger()).jobs).toMatchObject([{ jobId, status: 'pending' }]);
    const picked = await new RunnerVoice(simulator.url, token).requestJob();
    expect(picked.body.id).toBe(jobId);
    expect((await after.createRunner()).id).toBeGreaterThan(id);
  });

  it('stops at once although a receiver of webhooks never answers', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    const { client, admin } = await start();
    const { id } = (await client.findProject('acme/web')) ?? { id: 0 };
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
    await client.createProjectHook(id, { url });
    const heard = once(silent, 'request');
    await admin.queueJobs({});
    await heard;
    const begun = Date.now();
    await simulator.stop();
    // Of itself a delivery waits for ten seconds.
    expect(Date.now() - begun).toBeLessThan(8_000);
    silent.closeAllConnections();
    silent.close();
  });

  it('fails a job that was silent for an hour, and one that no runner could take for an hour', async () => {
    let now = Date.parse('2026-03-01T12:00:00Z');
    const { admin, createRunner } = await start({ clock: { ...systemClock, now: () => new Date(now) } });
    const { token } = await createRunner();
    const [silent] = await admin.queueJobs({ tags: ['linux'] });
    await new RunnerVoice(simulator.url, token).requestJob();
    const [hopeless] = await admin.queueJobs({ tags: ['nobody'] });
    const [waiting] = await admin.queueJobs({ tags: ['linux'] });
    now += HOUR + 1;
    await admin.failStuckJobs();
    expect((await admin.ledger()).jobs).toMatchObject([
      { jobId: silent, status: 'failed', failureReason: 'stuck_or_timeout_failure' },
      { jobId: hopeless, status: 'failed', failureReason: 'stuck_pending_no_matching_runners' },
      { jobId: waiting, status: 'pending' },
    ]);
  });

  it('plays a trace: each job at its second, a burst at once, and nothing from before', async () => {
    const virtual = scaledClock({ realEpochMs: Date.now(), virtualEpochMs: 0, factor: 5_000 });
    const { admin } = await start({ clock: virtual, stateFolder: undefined });
    const trace = [
      ...['arrival,duration,tags,project', '100,5,early,', '4000,60,linux,acme/api'],
      ...['4000,61,linux arm,', '4000,62,,', '9000,63,linux,'],
    ];
    const began = virtual.now().getTime();
    await admin.workload({ trace: trace.join('\n'), projects: ['acme/web'], from: 3_000, seed: 2 });
    await until('all jobs', async () => (await admin.ledger()).jobs.length === 4);
    const { jobs } = await admin.ledger();
    expect(jobs.map(({ script, project }) => [...script, project])).toEqual([
      ...[
        ['sleep 60', 'acme/api'],
        ['sleep 61', 'acme/web'],
        ['sleep 62', 'acme/web'],
        ['sleep 63', 'acme/web'],
      ],
    ]);
    // A timer may go off a thousandth of a second early, which is five seconds here.
    const [first = 0, , third = 0, last = 0] = jobs.map(({ queuedAt }) => Date.parse(queuedAt));
    expect(first - began).toBeGreaterThan(990_000);
    expect(last - began).toBeGreaterThan(5_990_000);
    expect(third).toBeLessThan(last);
    const { statistics } = await admin.workloadState();
    expect(statistics.trace).toMatchObject({ jobs: 4, durationSeconds: { p50: 61, max: 63, sum: 246 } });
    // An hour of this clock is less than a second: what nobody can take may have failed already.
    expect(statistics.progress).toMatchObject({ queued: 4, picked: 0 });
  });

  it('answers a user beyond the limit in words that are no JSON, and others as before', async () => {
    const now = new Date('2026-01-05T10:00:20Z');
    await start({
      clock: { ...systemClock, now: () => now },
      tokens: { ...tokens, other: { ...tokens.t, user: 'b' } },
    });
    const ask = (token: string) =>
      fetch(`${simulator.url}/api/v4/version`, { headers: { 'private-token': token } });
    expect((await ask('t')).headers.get('ratelimit-limit')).toBeNull();
    await fetch(`${simulator.url}/_sim/rate-limit`, {
      ...{ method: 'PUT', body: '{"perMinute":2}', headers: { 'content-type': 'application/json' } },
    });
    const answers = [await ask('t'), await ask('t'), await ask('t'), await ask('other')];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 200]);
    expect(answers[1]?.headers.get('ratelimit-remaining')).toBe('0');
    expect(answers[2]?.headers.get('retry-after')).toBe('40');
    expect(await answers[2]?.text()).toBe('Retry later\n');
  });

  it('plays a workload in the time of its clock, the same for the same seed', async () => {
    const clock = () => scaledClock({ realEpochMs: Date.now(), virtualEpochMs: 0, factor: 100_000 });
    const play = async () => {
      const { admin } = await start({ clock: clock(), stateFolder: undefined });
      const projects = ['acme/web', 'acme/api'];
      await admin.workload({
        rate: 60,
        durationSeconds: { min: 60, max: 240 },
        tags: ['linux'],
        projects,
        seed: 4,
        count: 9,
      });
      await until('all jobs', async () => (await admin.ledger()).jobs.length === 9);
      const { jobs } = await admin.ledger();
      return jobs.map(({ project, name, script }) => ({ project, name, script }));
    };
    const first = await play();
    await simulator.stop();
    expect(await play()).toEqual(first);
    for (const { script } of first)
      expect(Number(script[0]?.replace('sleep ', ''))).toBeGreaterThanOrEqual(60);
  });
});
