import { randomBytes } from 'node:crypto';
import { eventually } from '@cleanroom/testing';
import { receiveWebhook } from '../src/actions/receive-webhook.js';
import type { WebhookRequest } from '../src/ports.js';
import { SchedulingWorld } from './scheduling-world.js';

let world: SchedulingWorld;
beforeEach(async () => {
  world = await SchedulingWorld.open();
  await world.connect();
  await world.pool();
});
afterEach(() => world.close());

const receive = (request: WebhookRequest, connectionId = world.connectionId): Promise<boolean> =>
  receiveWebhook(world.ports, connectionId, request);
const projectKnown = () =>
  eventually(async () => expect(await world.rows('SELECT 1 FROM gitlab_project')).toHaveLength(1));
const hints = () => world.rows('SELECT due_at FROM webhook_hint');

describe('a webhook', () => {
  it('is refused where it is not signed with the token of its connection', async () => {
    const forged = await world.webhook(11, 'a', { secret: `whsec_${randomBytes(32).toString('base64')}` });
    expect(await receive(forged)).toBe(false);
    const signed = await world.webhook(11, 'a');
    expect(await receive({ ...signed, body: Buffer.from(`${signed.body.toString()} `) })).toBe(false);
    expect(await receive({ ...signed, headers: {} })).toBe(false);
    expect(await receive({ ...signed, headers: { 'x-gitlab-token': 'guess' } })).toBe(false);
    expect(await receive(signed, world.id('gitlabConnection'))).toBe(false);
    expect(await hints()).toEqual([]);
  });

  it('is refused once its connection is gone', async () => {
    const signed = await world.webhook(11, 'a');
    await world.connect({ deleted: true, accessToken: null });
    expect(await receive(signed)).toBe(false);
  });

  it('makes one job, however often it is delivered', async () => {
    world.work();
    await projectKnown();
    world.gitlab.put(11, 'pending');
    const signed = await world.webhook(11, 'a');
    for (let batch = 0; batch < 20; batch++) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => receive(signed)));
      expect(answers.every(Boolean)).toBe(true);
    }
    await eventually(async () =>
      expect(await world.jobs()).toMatchObject([{ gitlabJobId: 11, status: 'QUEUED' }]),
    );
    await eventually(async () => expect(await hints()).toEqual([{ due_at: null }]));
    expect(world.gitlab.reads).toEqual([11]);
  });

  it('makes one job of different deliveries that arrive at once', async () => {
    world.work();
    await projectKnown();
    world.gitlab.put(11, 'pending');
    for (let n = 0; n < 20; n++) await receive(await world.webhook(11, `delivery ${n}`));
    await eventually(async () => expect((await hints()).every(({ due_at }) => due_at === null)).toBe(true));
    expect(await world.jobs()).toHaveLength(1);
    expect((await world.lastDecision())?.queued).toBe(1);
  });

  it('changes nothing where GitLab does not know the job, however well it is signed', async () => {
    world.work();
    await projectKnown();
    expect(await receive(await world.webhook(4711, 'a'))).toBe(true);
    await eventually(async () => expect(await hints()).toEqual([{ due_at: null }]));
    expect(await world.jobs()).toEqual([]);
    expect((await world.lastDecision())?.wanted).toBe(0);
  });

  it('keeps its hint until GitLab answers', async () => {
    world.work();
    await projectKnown();
    world.gitlab.put(11, 'pending');
    world.gitlab.down = true;
    await receive(await world.webhook(11, 'a'));
    await eventually(async () =>
      expect(await world.rows('SELECT 1 FROM webhook_hint WHERE lease_failures > 0')).toHaveLength(1),
    );
    world.gitlab.down = false;
    world.clock.advance(2_000);
    await eventually(async () => expect(await world.jobs()).toHaveLength(1));
  });
});
