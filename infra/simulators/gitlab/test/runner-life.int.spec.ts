import { createGitLabClient, parseJobHook, verifyWebhook } from '@cleanroom/gitlab';
import type { GitLabClient } from '@cleanroom/gitlab';
import { startGitLabSimulator } from '../src/index.js';
import type { GitLabSimulator } from '../src/index.js';
import { adminOf, until } from './admin-client.js';
import { RunnerVoice } from './runner-voice.js';
import { startWebhookReceiver } from './webhook-receiver.js';
import type { WebhookReceiver } from './webhook-receiver.js';

const TOKEN = 'glpat-test-owner';
const signingToken = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const plainToken = 'plain-token';

describe('the life of a runner, from our client and a runner', () => {
  let simulator: GitLabSimulator;
  let client: GitLabClient;
  let receiver: WebhookReceiver;
  let admin: ReturnType<typeof adminOf>;

  beforeEach(async () => {
    simulator = await startGitLabSimulator({ tokens: { [TOKEN]: { scopes: ['api'], role: 'owner' } } });
    client = createGitLabClient({ url: simulator.url, token: TOKEN, retryDelaysMs: [1, 1] });
    receiver = await startWebhookReceiver();
    admin = adminOf(simulator.url);
  });

  afterEach(async () => {
    await receiver.stop();
    await simulator.stop();
  });

  const createRunner = async (change: object = {}) => {
    const group = await client.findGroup('acme');
    return client.createRunner({
      type: 'group',
      groupId: group?.id ?? 0,
      description: 'runner 1',
      tags: ['linux'],
      runUntagged: false,
      maintenanceNote: 'cleanroom:inst:mach_1:1',
      ...change,
    });
  };

  it('runs a job from its queueing to its end, and tells it by signed webhooks', async () => {
    const project = await client.findProject('acme/web');
    const projectId = project?.id ?? 0;
    await client.createProjectHook(projectId, { url: receiver.url, signingToken, token: plainToken });
    const { id, token } = await createRunner();
    const [jobId = 0] = await admin.queueJobs({ tags: ['linux'], script: ['sleep 7'] });
    const pending = await client.listPendingJobs(projectId);
    expect(pending).toMatchObject([{ id: jobId, tagList: ['linux'], status: 'pending', runner: null }]);
    await expect(client.isRefProtected(projectId, { ref: 'main', tag: false })).resolves.toBe(true);

    const voice = new RunnerVoice(simulator.url, token);
    expect((await voice.verify()).body).toMatchObject({ id, token });
    const picked = await voice.requestJob();
    expect(picked.status).toBe(201);
    expect(picked.headers.get('content-type')).toContain('application/json');
    expect(picked.body).toMatchObject({ id: jobId, steps: [{ script: ['sleep 7'] }] });
    await expect(client.runningJobsOfRunner(id)).resolves.toMatchObject([{ id: jobId, runner: { id } }]);

    const jobToken = picked.body.token ?? '';
    expect((await voice.updateJob(jobId, jobToken, 'running')).status).toBe(200);
    const first = await voice.appendTrace(jobId, jobToken, 0, 'hello ');
    expect([first.status, first.headers.get('range'), first.headers.get('job-status')]).toEqual([
      202,
      '0-6',
      'running',
    ]);
    const repeated = await voice.appendTrace(jobId, jobToken, 0, 'hello ');
    expect([repeated.status, repeated.headers.get('range')]).toEqual([416, '0-6']);
    expect((await voice.appendTrace(jobId, jobToken, 6, 'world')).status).toBe(202);
    const output = { checksum: 'crc32:0d4a1185', bytesize: 11 };
    expect((await voice.updateJob(jobId, jobToken, 'success', { output })).status).toBe(200);
    expect((await voice.updateJob(jobId, jobToken, 'success')).status).toBe(403);

    await until('three webhooks', () => receiver.received.length === 3);
    for (const webhook of receiver.received) {
      const verdict = verifyWebhook({ ...webhook, signingToken, plainToken, now: new Date() });
      expect(verdict.ok).toBe(true);
      expect(webhook.headers).toMatchObject({ 'x-gitlab-token': plainToken, 'x-gitlab-event': 'Job Hook' });
      expect(webhook.rawBody.toString()).not.toContain('tag_list');
    }
    const hooks = receiver.received.map(({ rawBody }) => parseJobHook(rawBody));
    expect(hooks.map((hook) => hook?.status).sort()).toEqual(['pending', 'running', 'success']);
    expect(hooks.find((hook) => hook?.status === 'pending')?.runnerId).toBeNull();
    expect(hooks.find((hook) => hook?.status === 'running')?.runnerId).toBe(id);

    await client.deleteRunner(id);
    await client.deleteRunner(id);
    expect((await voice.requestJob()).status).toBe(403);
    const { jobs, runners } = await admin.ledger();
    expect(jobs).toMatchObject([
      { jobId, status: 'success', runnerId: id, systemId: 's_0123456789ab', traceComplete: true },
    ]);
    expect(jobs[0]?.sourceAddress).toBe('127.0.0.1');
    expect(runners).toMatchObject([
      {
        runnerId: id,
        maintenanceNote: 'cleanroom:inst:mach_1:1',
        jobIds: [jobId],
        systemIds: ['s_0123456789ab'],
      },
    ]);
    expect(runners[0]?.deletedAt).not.toBeNull();
  });

  it('finds a runner whose creation was answered to nobody by its note, and lists do not show the note', async () => {
    await admin.fault({ operation: 'create_runner', mode: 'lose_answer', times: 1 });
    await expect(createRunner()).rejects.toMatchObject({ kind: 'unknown-outcome' });
    const groupId = (await client.findGroup('acme'))?.id ?? 0;
    const listed = await client.listRunners({ groupId, tag: 'linux' });
    expect(listed).toHaveLength(1);
    expect(listed[0]).not.toHaveProperty('maintenanceNote');
    const [found] = await client.findRunnersByNote({ groupId }, 'cleanroom:inst:mach_1:1');
    expect(found).toMatchObject({ description: 'runner 1', status: 'never_contacted', online: null });
    await expect(client.findRunnersByNote({ groupId }, 'another')).resolves.toEqual([]);
    const { calls } = await admin.ledger();
    expect(calls.filter(({ operation }) => operation === 'create_runner')).toMatchObject([
      { status: 201, fault: 'lose_answer' },
    ]);
  });

  it('gives a paused runner nothing, and tells a runner that has heard there is nothing so again', async () => {
    const { id, token } = await createRunner();
    const voice = new RunnerVoice(simulator.url, token);
    expect((await voice.requestJob()).status).toBe(204);
    await client.pauseRunner(id);
    await admin.queueJobs({ tags: ['linux'] });
    expect((await voice.requestJob()).status).toBe(204);
    expect(await client.getRunner(id)).toMatchObject({ paused: true, status: 'online' });
  });

  it('wakes a runner that has heard there is nothing when a job for it comes', async () => {
    const { token } = await createRunner();
    const voice = new RunnerVoice(simulator.url, token);
    expect((await voice.requestJob()).status).toBe(204);
    await admin.queueJobs({ tags: ['other'] });
    expect((await voice.requestJob()).status).toBe(204);
    await admin.queueJobs({ tags: ['linux'] });
    expect((await voice.requestJob()).status).toBe(201);
  });

  it('keeps jobs of another group and of unprotected refs from a runner that may not take them', async () => {
    const { token } = await createRunner({ accessLevel: 'ref_protected' });
    await admin.queueJobs({ project: 'globex/app', tags: ['linux'] });
    await admin.queueJobs({ tags: ['linux'], protected: false });
    const [mine] = await admin.queueJobs({ tags: ['linux'], protected: true });
    const voice = new RunnerVoice(simulator.url, token);
    expect((await voice.requestJob()).body.id).toBe(mine);
    expect((await voice.requestJob()).status).toBe(204);
  });

  it('cancels a running job gracefully by a header, and ends it when the runner says so', async () => {
    const { id, token } = await createRunner();
    const [jobId = 0] = await admin.queueJobs({ tags: ['linux'] });
    const voice = new RunnerVoice(simulator.url, token);
    const jobToken = (await voice.requestJob()).body.token ?? '';
    await admin.cancelJob(jobId);
    await expect(client.runningJobsOfRunner(id)).resolves.toMatchObject([{ id: jobId, status: 'canceling' }]);
    const heard = await voice.appendTrace(jobId, jobToken, 0, 'x');
    expect(heard.headers.get('job-status')).toBe('canceling');
    await voice.updateJob(jobId, jobToken, 'failed', { failure_reason: 'job_canceled' });
    await expect(client.runningJobsOfRunner(id)).resolves.toEqual([]);
    expect((await admin.ledger()).jobs).toMatchObject([{ jobId, status: 'canceled' }]);
  });

  it('puts an end off whose trace does not add up, and takes it once the trace is whole', async () => {
    const { token } = await createRunner();
    const [jobId = 0] = await admin.queueJobs({ tags: ['linux'] });
    const voice = new RunnerVoice(simulator.url, token);
    const jobToken = (await voice.requestJob()).body.token ?? '';
    const output = { checksum: 'crc32:0d4a1185', bytesize: 11 };
    const end = () => voice.updateJob(jobId, jobToken, 'success', { output });
    await voice.appendTrace(jobId, jobToken, 0, 'hello ');
    const early = await end();
    expect([early.status, early.headers.get('x-gitlab-trace-update-interval')]).toEqual([202, '1']);
    await voice.appendTrace(jobId, jobToken, 6, 'WORLD');
    expect((await end()).status).toBe(412);
    // The whole trace is wanted again.
    expect((await voice.appendTrace(jobId, jobToken, 11, '!')).headers.get('range')).toBe('0-0');
    expect((await admin.ledger()).jobs).toMatchObject([{ jobId, status: 'running' }]);
    await voice.appendTrace(jobId, jobToken, 0, 'hello world');
    expect((await end()).status).toBe(200);
    expect((await admin.ledger()).jobs).toMatchObject([{ jobId, status: 'success', traceComplete: true }]);
  });

  it('shows in the ledger that one token was used by two machines for two jobs', async () => {
    const { token } = await createRunner();
    await admin.queueJobs({ tags: ['linux'] }, 2);
    await new RunnerVoice(simulator.url, token).requestJob();
    await new RunnerVoice(simulator.url, token, 's_another00000').requestJob();
    const [runner] = (await admin.ledger()).runners;
    expect(runner?.systemIds).toHaveLength(2);
    expect(runner?.jobIds).toHaveLength(2);
  });

  it('lets the job of a deleted runner finish, for the job has a token of its own', async () => {
    const { id, token } = await createRunner();
    const [jobId = 0] = await admin.queueJobs({ tags: ['linux'] });
    const voice = new RunnerVoice(simulator.url, token);
    const jobToken = (await voice.requestJob()).body.token ?? '';
    await client.deleteRunnerByToken(token);
    await client.deleteRunnerByToken(token);
    await expect(client.runningJobsOfRunner(id)).resolves.toEqual([]);
    expect((await voice.updateJob(jobId, jobToken, 'success')).status).toBe(200);
  });
});
