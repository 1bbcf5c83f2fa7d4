import { createGitLabClient, parseJobHook } from '@cleanroom/gitlab';
import type { GitLabClient } from '@cleanroom/gitlab';
import { startGitLabSimulator } from '../src/index.js';
import type { GitLabSimulator } from '../src/index.js';
import { adminOf, until } from './admin-client.js';
import { startWebhookReceiver } from './webhook-receiver.js';
import type { WebhookReceiver } from './webhook-receiver.js';

describe('the webhooks of the simulated GitLab', () => {
  let simulator: GitLabSimulator;
  let client: GitLabClient;
  let receiver: WebhookReceiver;
  let admin: ReturnType<typeof adminOf>;
  let projectId: number;
  let groupId: number;

  const start = async (tier: 'free' | 'premium' = 'premium'): Promise<void> => {
    simulator = await startGitLabSimulator({ tokens: { t: { scopes: ['api'] } }, tier });
    client = createGitLabClient({ url: simulator.url, token: 't', retryDelaysMs: [] });
    admin = adminOf(simulator.url);
    projectId = (await client.findProject('acme/web'))?.id ?? 0;
    groupId = (await client.findGroup('acme'))?.id ?? 0;
  };
  const jobsReceived = () => receiver.received.map(({ rawBody }) => parseJobHook(rawBody)?.jobId);

  beforeEach(async () => {
    receiver = await startWebhookReceiver();
    await start();
  });

  afterEach(async () => {
    await receiver.stop();
    await simulator.stop();
  });

  it('get lost, and the lost job is found by asking', async () => {
    await client.createProjectHook(projectId, { url: receiver.url, token: 'x' });
    await admin.fault({ operation: 'webhook', mode: 'lose_answer' });
    const [jobId] = await admin.queueJobs({});
    const [lost] = (await admin.ledger()).webhooks;
    expect(lost).toMatchObject({ jobId, jobStatus: 'pending', outcome: 'lost' });
    await expect(client.listPendingJobs(projectId)).resolves.toMatchObject([{ id: jobId }]);
    expect(receiver.received).toEqual([]);
  });

  it('come twice with the same id', async () => {
    await client.createProjectHook(projectId, { url: receiver.url, token: 'x' });
    await admin.fault({ operation: 'webhook', mode: 'double' });
    await admin.queueJobs({});
    await until('two deliveries', () => receiver.received.length === 2);
    const [first, second] = receiver.received.map(({ headers }) => headers['idempotency-key']);
    expect(first).toBe(second);
  });

  it('overtake each other, but none is lost', async () => {
    await client.createProjectHook(projectId, { url: receiver.url, token: 'x' });
    await admin.fault({ operation: 'webhook', mode: 'reorder' });
    const ids = await admin.queueJobs({}, 8);
    await until('all deliveries', () => receiver.received.length === 8);
    expect(jobsReceived()).not.toEqual(ids);
    expect(jobsReceived().sort()).toEqual([...ids].sort());
  });

  it('are switched off after four failures in a row, and on again by a successful test', async () => {
    const hook = await client.createProjectHook(projectId, { url: receiver.url, token: 'x' });
    receiver.answerWith(500);
    for (let failures = 1; failures <= 4; failures++) {
      await admin.queueJobs({});
      await until('a failure', async () => (await admin.ledger()).webhooks.length === failures);
    }
    expect(await client.listProjectHooks(projectId)).toMatchObject([{ alertStatus: 'temporarily_disabled' }]);
    await admin.queueJobs({});
    await until(
      'no delivery',
      async () => (await admin.ledger()).webhooks.at(-1)?.outcome === 'hook-disabled',
    );
    await expect(client.testProjectHook(projectId, hook.id)).rejects.toMatchObject({ kind: 'invalid' });
    receiver.answerWith(200);
    await client.testProjectHook(projectId, hook.id);
    expect(await client.listProjectHooks(projectId)).toMatchObject([{ alertStatus: 'executable' }]);
  });

  it('have arrived where the receiver points elsewhere, and are not sent there', async () => {
    await client.createProjectHook(projectId, { url: receiver.url, token: 'x' });
    receiver.answerWith(302);
    await admin.queueJobs({}, 5);
    await until('five deliveries', async () => (await admin.ledger()).webhooks.length === 5);
    const outcomes = (await admin.ledger()).webhooks.map(({ outcome, status }) => [outcome, status]);
    expect(outcomes).toEqual(Array.from({ length: 5 }, () => ['delivered', 302]));
  });

  it('cannot be tested before the project has a job', async () => {
    const { id } = await client.createProjectHook(projectId, { url: receiver.url });
    await expect(client.testProjectHook(projectId, id)).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('of a group tell about all its projects, and need a plan', async () => {
    await client.createGroupHook(groupId, { url: receiver.url, token: 'x' });
    await admin.queueJobs({ project: 'acme/api' });
    await admin.queueJobs({ project: 'globex/app' });
    await until('one delivery', () => receiver.received.length === 1);
    await simulator.stop();
    await start('free');
    await expect(client.createGroupHook(groupId, { url: receiver.url })).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });

  it('forget their tokens when their address changes, and never tell them', async () => {
    const made = await client.createProjectHook(projectId, { url: receiver.url, token: 'secret-of-hook' });
    expect(made).toMatchObject({ tokenPresent: true, signingTokenPresent: false, jobEvents: true });
    const moved = await client.editProjectHook(projectId, made.id, { url: `${receiver.url}/new` });
    expect(moved.tokenPresent).toBe(false);
    const raw = await fetch(`${simulator.url}/_sim/report?since=0`);
    expect(await raw.text()).not.toContain('secret-of-hook');
    await client.deleteProjectHook(projectId, made.id);
    await client.deleteProjectHook(projectId, made.id);
    await expect(client.listProjectHooks(projectId)).resolves.toEqual([]);
  });
});
