import { systemClock } from '@cleanroom/kernel';
import { createGitLabClient } from '@cleanroom/gitlab';
import { startGitLabSimulator } from '../src/index.js';
import type { GitLabSimulator } from '../src/index.js';
import { adminOf, until } from './admin-client.js';
import { startWebhookReceiver } from './webhook-receiver.js';
import type { WebhookReceiver } from './webhook-receiver.js';

interface Event {
  id: number;
  response_status: string;
  request_headers: Record<string, string>;
  request_data: { build_id: number };
}

describe('the deliveries of a webhook', () => {
  let simulator: GitLabSimulator;
  let receiver: WebhookReceiver;
  let admin: ReturnType<typeof adminOf>;
  let hookId: number;
  let now: number;

  beforeEach(async () => {
    now = Date.parse('2026-01-05T10:00:00Z');
    receiver = await startWebhookReceiver();
    const clock = { ...systemClock, now: () => new Date(now) };
    simulator = await startGitLabSimulator({ tokens: { t: { scopes: ['api'] } }, clock });
    admin = adminOf(simulator.url);
    const client = createGitLabClient({ url: simulator.url, token: 't', retryDelaysMs: [] });
    hookId = (await client.createProjectHook(1, { url: receiver.url, token: 'secret-of-hook' })).id;
  });

  afterEach(async () => {
    await receiver.stop();
    await simulator.stop();
  });

  const ask = (method: string, path = '', body?: object) =>
    fetch(`${simulator.url}/api/v4/projects/1/hooks/${hookId}${path}`, {
      method,
      headers: { 'private-token': 't', 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const list = async (query = '') => (await (await ask('GET', `/events${query}`)).json()) as Event[];
  const queueAndSend = async (count: number): Promise<number> => {
    const [jobId = 0] = await admin.queueJobs({});
    await until('a delivery', async () => (await admin.ledger()).webhooks.length === count);
    return jobId;
  };

  it('are listed newest first, with what was said on both sides but the secret', async () => {
    const first = await queueAndSend(1);
    receiver.answerWith(503);
    const second = await queueAndSend(2);
    const events = await list();
    expect(events).toMatchObject([
      { response_status: '503', trigger: 'job_hooks', url: receiver.url, request_data: { build_id: second } },
      { response_status: '204', request_data: { build_id: first } },
    ]);
    expect(events[0]?.request_headers).toMatchObject({
      ...{ 'X-Gitlab-Event': 'Job Hook', 'X-Gitlab-Token': '[REDACTED]' },
    });
    expect((await list('?status=successful')).map(({ id }) => id)).toEqual([events[1]?.id]);
    expect((await list('?status=503')).map(({ id }) => id)).toEqual([events[0]?.id]);
    expect(await list('?status=client_failure')).toEqual([]);
  });

  it('are sent again, the same bytes under the same key', async () => {
    receiver.answerWith(500);
    await queueAndSend(1);
    receiver.answerWith(200);
    const [event] = await list();
    const answer = await ask('POST', `/events/${event?.id}/resend`);
    expect([answer.status, await answer.json()]).toEqual([201, { response_status: 200 }]);
    const [sent, again] = receiver.received;
    expect(again?.rawBody).toEqual(sent?.rawBody);
    expect(again?.headers['idempotency-key']).toBe(sent?.headers['idempotency-key']);
    expect(again?.headers['x-gitlab-token']).toBe('secret-of-hook');
    expect((await list()).map(({ response_status: status }) => status)).toEqual(['200', '500']);
    const { webhooks } = await admin.ledger();
    expect(webhooks.map(({ outcome, duplicate }) => [outcome, duplicate])).toEqual([
      ['failed', false],
      ['delivered', true],
    ]);
  });

  it('are sent again five times a minute, and never to another address', async () => {
    await queueAndSend(1);
    const [event] = await list();
    const resend = async () => (await ask('POST', `/events/${event?.id}/resend`)).status;
    const answers: number[] = [];
    for (let attempt = 0; attempt < 6; attempt++) answers.push(await resend());
    expect(answers).toEqual([201, 201, 201, 201, 201, 429]);
    now += 60_000;
    await ask('PUT', '', { url: `${receiver.url}/elsewhere` });
    expect(await resend()).toBe(422);
  });

  it('are forgotten after a week', async () => {
    await queueAndSend(1);
    const [event] = await list();
    now += 7 * 86_400_000 + 1;
    expect(await list()).toEqual([]);
    expect((await ask('POST', `/events/${event?.id}/resend`)).status).toBe(404);
  });
});
