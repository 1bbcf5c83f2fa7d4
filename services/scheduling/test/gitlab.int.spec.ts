import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGitLabClient } from '@cleanroom/gitlab';
import { startGitLabSimulator, type GitLabSimulator } from '@cleanroom/gitlab-simulator';
import { Secret } from '@cleanroom/secrets';
import { eventually } from '@cleanroom/testing';
import { receiveWebhook } from '../src/actions/receive-webhook.js';
import { gitlabOver } from '../src/adapters/gitlab/gitlab.client.js';
import { SchedulingWorld } from './scheduling-world.js';

const token = 'glpat-for-this-spec';
let gitlab: GitLabSimulator;
let door: Server;
let world: SchedulingWorld;
const answers: number[] = [];

/** What the gateway passes on to the service. */
const receive = async (request: IncomingMessage): Promise<boolean> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const connectionId = request.url?.split('/').at(-1) ?? '';
  const headers = request.headers as Record<string, string>;
  return receiveWebhook(world.ports, connectionId, { headers, body: Buffer.concat(chunks) });
};

const open = async (tier: 'free' | 'premium') => {
  answers.length = 0;
  gitlab = await startGitLabSimulator({ tokens: { [token]: { scopes: ['api'], role: 'admin' } }, tier });
  world = await SchedulingWorld.open(gitlabOver({ openToken: async () => new Secret(token), fetch }));
  door = createServer((request, response) => {
    void receive(request).then((accepted) => {
      answers.push(accepted ? 200 : 401);
      response.writeHead(accepted ? 200 : 401).end();
    });
  }).listen(0, '127.0.0.1');
  await once(door, 'listening');
  const { port } = door.address() as AddressInfo;
  const webhookUrl = `http://127.0.0.1:${port}/webhooks/gitlab/${world.connectionId}`;
  await world.connect({ url: gitlab.url, webhookUrl });
  const group = await client().findGroup('acme');
  world.work();
  return world.pool({ scopeId: group!.id });
};
afterEach(async () => {
  await world.close();
  await gitlab.stop();
  door.close();
});

const client = () => createGitLabClient({ url: gitlab.url, token });
const ask = (method: string, path: string, body?: unknown) =>
  fetch(`${gitlab.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const queue = (project: string, tags = ['linux']) =>
  ask('POST', '/_sim/jobs', { project, tags, script: ['sleep 1'] });
const hooks = () => world.rows<{ state: string }>('SELECT target_kind, state FROM gitlab_hook ORDER BY 1');
const projects = async () =>
  (await world.rows<{ path: string }>('SELECT path FROM gitlab_project ORDER BY path')).map(
    ({ path }) => path,
  );
const wanted = (number: number) =>
  eventually(async () => expect((await world.lastDecision())?.wanted).toBe(number));
/** Lets the time for the next poll come again and again: one that is under way has seen only what was there before. */
const afterPolls = (check: () => Promise<void>) =>
  eventually(
    () => {
      world.clock.advance(30_000);
      return check();
    },
    { every: 200 },
  );
const wantedAfterPolls = (number: number) =>
  afterPolls(async () => expect((await world.lastDecision())?.wanted).toBe(number));

describe('with a GitLab that speaks its own protocol', () => {
  it('gives a pool for protected refs only the jobs of protected refs', async () => {
    const pool = await open('premium');
    await world.pool({ ...pool, protectedRefsOnly: true, version: 99 });
    await eventually(async () =>
      expect(await hooks()).toEqual([{ target_kind: 'group', state: 'REGISTERED' }]),
    );
    const job = { project: 'acme/web', tags: ['linux'], script: ['sleep 1'] };
    await ask('POST', '/_sim/jobs', { ...job, ref: 'feature', protected: false });
    await ask('POST', '/_sim/jobs', { ...job, ref: 'main', protected: true });
    await eventually(async () =>
      expect(await world.rows('SELECT ref, ref_protected, pool_id FROM job ORDER BY ref')).toEqual([
        { ref: 'feature', ref_protected: false, pool_id: null },
        { ref: 'main', ref_protected: true, pool_id: pool.id },
      ]),
    );
    await wanted(1);
  });

  it('hears of a job in any project of the group by the hook of the group', async () => {
    await open('premium');
    await eventually(async () =>
      expect(await hooks()).toEqual([{ target_kind: 'group', state: 'REGISTERED' }]),
    );
    await queue('acme/api');
    await eventually(async () => expect(await world.jobs()).toMatchObject([{ status: 'QUEUED' }]));
    await wanted(1);
    expect(answers).toEqual([200]);
    expect(await world.rows('SELECT project_path, tags FROM job')).toEqual([
      { project_path: 'acme/api', tags: ['linux'] },
    ]);
  });

  it('hears of a job by the hooks of the projects where the plan has none for groups', async () => {
    await open('free');
    await eventually(async () =>
      expect(await hooks()).toEqual([
        { target_kind: 'group', state: 'REFUSED' },
        { target_kind: 'project', state: 'REGISTERED' },
        { target_kind: 'project', state: 'REGISTERED' },
      ]),
    );
    await queue('acme/web');
    await wanted(1);
    expect(answers).toEqual([200]);
  });

  it('goes on with a group that is renamed, whatever provisioning still calls it', async () => {
    const pool = await open('premium');
    await eventually(async () => expect(await hooks()).toMatchObject([{ state: 'REGISTERED' }]));
    await ask('POST', '/_sim/renames', { path: 'acme', to: 'acme-corp' });
    await queue('acme-corp/web');
    await wantedAfterPolls(1);
    await world.pool({ ...pool, size: 7, version: 99 });
    await queue('acme-corp/api');
    await wantedAfterPolls(2);
    const counted = 'SELECT project_path, pool_id FROM job ORDER BY gitlab_job_id';
    expect(await world.rows(counted)).toEqual([
      { project_path: 'acme-corp/web', pool_id: pool.id },
      { project_path: 'acme-corp/api', pool_id: pool.id },
    ]);
    expect(await hooks()).toEqual([{ target_kind: 'group', state: 'REGISTERED' }]);
  });

  it('hears of the jobs of every project of an instance', async () => {
    const pool = await open('premium');
    await world.pool({ ...pool, scopeKind: 'INSTANCE', scopePath: '', scopeId: 0, version: 99 });
    await queue('globex/app');
    await wantedAfterPolls(1);
  });

  it('finds new projects although GitLab refuses to show one of the scopes', async () => {
    await open('premium');
    await world.pool({ name: 'closed', scopeKind: 'PROJECT', scopePath: 'globex/app', scopeId: 3 });
    await afterPolls(async () => expect(await projects()).toEqual(['acme/api', 'acme/web', 'globex/app']));
    await ask('POST', '/_sim/faults', { operation: 'get_project', mode: 'fail', status: 403, rate: 1 });
    await ask('POST', '/_sim/projects', { path: 'acme/new' });
    await afterPolls(async () =>
      expect(await projects()).toEqual(['acme/api', 'acme/new', 'acme/web', 'globex/app']),
    );
  });

  it('finds by polling a job whose webhook was lost', async () => {
    await open('premium');
    await eventually(async () => expect(await hooks()).toMatchObject([{ state: 'REGISTERED' }]));
    await ask('POST', '/_sim/faults', { operation: 'webhook', mode: 'lose_answer' });
    await queue('acme/web');
    await wantedAfterPolls(1);
    expect(answers).toEqual([]);
  });

  it('makes one job of webhooks that come twice and out of order', async () => {
    await open('premium');
    await eventually(async () => expect(await hooks()).toMatchObject([{ state: 'REGISTERED' }]));
    for (const mode of ['double', 'reorder'])
      await ask('POST', '/_sim/faults', { operation: 'webhook', mode });
    await Promise.all(['acme/web', 'acme/api', 'acme/web'].map((project) => queue(project)));
    await eventually(() => expect(answers).toHaveLength(6));
    await wanted(3);
    expect(await world.jobs()).toHaveLength(3);
  });

  it('knows which runner runs a job, and counts it once', async () => {
    const pool = await open('premium');
    await queue('acme/web');
    await wantedAfterPolls(1);
    const runner = await client().createRunner({
      ...{ type: 'group', groupId: pool.scopeId, description: 'r', tags: ['linux'], runUntagged: false },
      maintenanceNote: '',
    });
    await world.runner(pool, { gitlabRunnerId: runner.id });
    const taken = await ask('POST', '/api/v4/jobs/request', {
      token: runner.token,
      system_id: 's_0123456789ab',
      info: {},
    });
    expect(taken.status).toBe(201);
    await afterPolls(async () =>
      expect(await world.jobs()).toMatchObject([{ status: 'RUNNING', poolId: pool.id }]),
    );
    expect(await world.lastDecision()).toMatchObject({ wanted: 1, busy: 1, queued: 0 });
  });

  it('leaves alone a job that no pool has the tags for', async () => {
    await open('premium');
    await queue('acme/web', ['gpu']);
    await afterPolls(async () =>
      expect(await world.jobs()).toMatchObject([{ status: 'QUEUED', poolId: null }]),
    );
    expect((await world.lastDecision())?.wanted).toBe(0);
  });
});
