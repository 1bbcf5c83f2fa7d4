import { randomBytes } from 'node:crypto';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { RunnerState, RunnerTrouble } from '@cleanroom/contracts';
import { createGitLabClient } from '@cleanroom/gitlab';
import { startGitLabSimulator, type GitLabSimulator } from '@cleanroom/gitlab-simulator';
import { signCall, startTracing } from '@cleanroom/service-kit';
import { eventually } from '@cleanroom/testing';
import { createClient, type Client } from 'graphql-ws';
import { newId, RunningService } from './running-service.js';

const token = 'glpat-for-this-spec';
let gitlab: GitLabSimulator;
let service: RunningService;
const poolId = newId('pool');
const runnerId = newId('runner');

beforeAll(async () => {
  gitlab = await startGitLabSimulator({ tokens: { [token]: { scopes: ['api'] } } });
  service = await RunningService.start(gitlab.url);
  await service.tellConnection(gitlab.url, token);
  const group = await createGitLabClient({ url: gitlab.url, token }).findGroup('acme');
  await service.tellPool(poolId, { scopeId: BigInt(group!.id) });
  await service.tellRunner(poolId, runnerId, RunnerState.ASLEEP);
  await eventually(async () => expect(await projects()).toBe(2));
});
afterAll(async () => {
  await service.stop();
  await gitlab.stop();
});

const projects = async (): Promise<number> =>
  (await service.db.worker.query<unknown[]>('SELECT 1 FROM gitlab_project')).length;
const admin = (method: string, path: string, body: object) =>
  fetch(`${gitlab.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

interface Job {
  id: string;
  gitlabJobId: string;
  url: string | null;
  status: string;
  waitingBecause: string | null;
  waitingCode: string | null;
  nextTryAt: string | null;
  runner: { id: string } | null;
}
const jobs = async (): Promise<{ nodes: Job[]; changeCursor: string }> => {
  const { data, errors } =
    await service.ask(`{ jobs(first: 10) { changeCursor totalCount nodes { id status name
    projectPath gitlabJobId url queuedAt startedAt
    waitingBecause waitingCode nextTryAt pool { id } runner { id } } } }`);
  if (errors) throw new Error(errors[0]?.message);
  return (data as never as { jobs: { nodes: Job[]; changeCursor: string } }).jobs;
};

const subscriber = (): Client =>
  createClient({
    url: service.url.replace('http', 'ws') + '/graphql',
    lazy: false,
    retryAttempts: 0,
    connectionParams: () => {
      const expiresAt = new Date(Date.now() + 60_000).toISOString();
      return {
        ...signCall(service.key, service.caller(), { method: 'WS', path: '/graphql', body: expiresAt }),
        expiresAt,
      };
    },
  });

describe('jobs over GraphQL', () => {
  it('are queued, wait for a reason, run on a runner and are told of in order', async () => {
    const { changeCursor } = await jobs();
    await admin('POST', '/_sim/jobs', { project: 'acme/web', tags: ['linux'], script: ['sleep 1'] });
    await service.pollNow();
    await eventually(async () => expect((await jobs()).nodes).toMatchObject([{ status: 'QUEUED' }]));
    const [queued] = (await jobs()).nodes;
    expect(queued).toMatchObject({
      projectPath: 'acme/web',
      pool: { id: poolId },
      runner: null,
      startedAt: null,
      waitingBecause: 'A runner of the pool builders is about to be woken.',
      waitingCode: 'STARTING',
      nextTryAt: null,
      url: `${gitlab.url}/acme/web/-/jobs/${queued?.gitlabJobId}`,
    });
    const until = new Date(Math.floor(Date.now() / 1000) * 1000 + 300_000);
    await service.tellRunner(poolId, runnerId, RunnerState.ASLEEP, {
      stateReason: 'all server types are sold out in fsn1',
      trouble: RunnerTrouble.SOLD_OUT,
      nextTryAt: timestampFromDate(until),
    });
    await eventually(async () =>
      expect((await jobs()).nodes).toMatchObject([
        { waitingCode: 'SOLD_OUT', nextTryAt: until.toISOString() },
      ]),
    );
    const runner = await createGitLabClient({ url: gitlab.url, token }).createRunner({
      ...{
        type: 'group',
        groupId: 1,
        description: 'r',
        tags: ['linux'],
        runUntagged: false,
        maintenanceNote: '',
      },
    });
    await service.tellRunner(poolId, runnerId, RunnerState.IDLE, { gitlabRunnerId: BigInt(runner.id) });
    await eventually(async () =>
      expect((await jobs()).nodes[0]?.waitingBecause).toBe(
        'A runner is ready; GitLab is about to hand the job out.',
      ),
    );
    await admin('POST', '/api/v4/jobs/request', {
      token: runner.token,
      system_id: 's_0123456789ab',
      info: {},
    });
    await service.pollNow();
    await eventually(async () =>
      expect((await jobs()).nodes).toMatchObject([
        {
          status: 'RUNNING',
          runner: { id: runnerId },
          waitingBecause: null,
          waitingCode: null,
          nextTryAt: null,
        },
      ]),
    );
    const entities = await service.ask(
      'query($all: [_Any!]!) { _entities(representations: $all) { ... on Runner { currentJob { id } } } }',
      {
        all: [
          { __typename: 'Runner', id: runnerId },
          { __typename: 'Runner', id: newId('runner') },
        ],
      },
    );
    expect(entities.data).toEqual({ _entities: [{ currentJob: { id: queued?.id } }, { currentJob: null }] });
    const told: string[] = [];
    const client = subscriber();
    for await (const { data } of client.iterate({
      query: 'subscription($after: Cursor) { jobChanged(after: $after) { cursor at job { id status } } }',
      variables: { after: changeCursor },
    })) {
      told.push((data as never as { jobChanged: { job: { status: string } } }).jobChanged.job.status);
      if (told.length === 2) break;
    }
    await client.dispose();
    expect(told).toEqual(['QUEUED', 'RUNNING']);
  });

  it('are filtered by status', async () => {
    const count = async (statuses: string[]) => {
      const { data } = await service.ask(
        'query($s: [JobStatus!]) { jobs(first: 5, statuses: $s) { totalCount } }',
        {
          s: statuses,
        },
      );
      return (data as never as { jobs: { totalCount: number } }).jobs.totalCount;
    };
    expect(await count(['RUNNING'])).toBe(1);
    expect(await count(['QUEUED', 'FAILED'])).toBe(0);
  });

  it.each([
    ['CURSOR_EXPIRED', 'that nobody knows any more', Buffer.from('scheduling:99999').toString('base64url')],
    ['BAD_USER_INPUT', 'that is none', 'bm9uc2Vuc2U'],
    ['BAD_USER_INPUT', 'that is empty', ''],
  ])('are refused with %s to a subscriber with a cursor %s', async (code, _, after) => {
    const client = subscriber();
    const events = client.iterate({
      query: 'subscription($after: Cursor) { jobChanged(after: $after) { cursor } }',
      variables: { after },
    });
    const first = await events.next().catch((error: unknown) => ({ value: { errors: [error].flat() } }));
    expect(JSON.stringify(first.value)).toContain(code);
    await client.dispose();
  });
});

describe('a webhook that the gateway passes on', () => {
  it('is in one trace with the decision that it leads to', async () => {
    const stopTracing = await startTracing('scheduling', undefined);
    const { id } = (await (
      await admin('POST', '/_sim/jobs', { project: 'acme/api', tags: ['linux'], script: ['sleep 1'] })
    ).json()) as { id: number };
    const traceId = randomBytes(16).toString('hex');
    const { path, headers, body } = await service.signedWebhook(2, id);
    const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
    expect(await service.webhook(path, { ...headers, traceparent }, body)).toBe(200);
    const events = () => service.published(`00-${traceId}-`);
    await eventually(async () =>
      expect((await events()).sort()).toEqual([
        'cleanroom.scheduling.capacity.v1',
        'cleanroom.scheduling.job.v1',
      ]),
    );
    await stopTracing();
  });

  it('is answered with 401 where GitLab did not sign it', async () => {
    const path = `/webhooks/gitlab/${service.connectionId}`;
    const headers = { 'content-type': 'application/json', 'x-gitlab-token': randomBytes(8).toString('hex') };
    expect(await service.webhook(path, headers, '{"object_kind":"build"}')).toBe(401);
    expect(await service.webhook('/webhooks/gitlab/gl_nobody', headers, '{}')).toBe(401);
  });
});
