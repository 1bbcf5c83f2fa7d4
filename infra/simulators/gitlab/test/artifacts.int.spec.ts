import { systemClock } from '@cleanroom/kernel';
import { startGitLabSimulator } from '../src/index.js';
import type { GitLabSimulator } from '../src/index.js';
import { adminOf } from './admin-client.js';
import { createRunnerAt, RunnerVoice } from './runner-voice.js';

const TOKEN = 'glpat-test-owner';
const paths = { artifacts: [{ paths: ['out/'], expireIn: '1 week' }] };

describe('the artifacts of jobs', () => {
  let simulator: GitLabSimulator;
  let admin: ReturnType<typeof adminOf>;
  let voice: RunnerVoice;
  let now = Date.parse('2026-01-05T10:00:00Z');

  beforeEach(async () => {
    const clock = { ...systemClock, now: () => new Date(now) };
    simulator = await startGitLabSimulator({ tokens: { [TOKEN]: { scopes: ['api'] } }, clock });
    admin = adminOf(simulator.url);
    voice = new RunnerVoice(simulator.url, (await createRunnerAt(simulator.url, TOKEN)).token);
  });

  afterEach(() => simulator.stop());

  const startJob = async (definition: object, project = 'acme/web', script = ['true']) => {
    const [id = 0] = await admin.queueJobs({ tags: ['linux'], definition, project, script });
    const { body } = await voice.requestJob();
    expect(body.id).toBe(id);
    return { id, token: body.token ?? '', body: body as Record<string, unknown> };
  };
  const upload = (job: { id: number; token: string }, content: string, query = '') => {
    const body = new FormData();
    body.append('file', new File([content], 'artifacts.zip'));
    return fetch(`${simulator.url}/api/v4/jobs/${job.id}/artifacts?${query}`, {
      ...{ method: 'POST', body, headers: { 'job-token': job.token } },
    });
  };
  const download = (id: number, token: string) =>
    fetch(`${simulator.url}/api/v4/jobs/${id}/artifacts`, { headers: { 'job-token': token } });
  const ask = (method: string, path: string) =>
    fetch(`${simulator.url}/api/v4/projects/1/jobs/${path}`, { method, headers: { 'private-token': TOKEN } });

  it('go from one job to the next, each with its own token', async () => {
    const maker = await startJob(paths);
    expect(maker.body.artifacts).toMatchObject([
      { paths: ['out/'], when: 'on_success', expire_in: '1 week', artifact_type: 'archive' },
    ]);
    const first = await upload(maker, 'bytes \u0000 of a zip', 'artifact_type=archive&artifact_format=zip');
    expect(first.status).toBe(201);
    await voice.updateJob(maker.id, maker.token, 'success');
    const user = await startJob({ dependencies: [maker.id] });
    expect(user.body.dependencies).toMatchObject([
      { id: maker.id, token: user.token, artifacts_file: { filename: 'artifacts.zip', size: 16 } },
    ]);
    const fetched = await download(maker.id, user.token);
    expect([fetched.status, await fetched.text()]).toEqual([200, 'bytes \u0000 of a zip']);
    expect((await download(maker.id, maker.token)).status).toBe(403);
    expect((await download(user.id, user.token)).status).toBe(404);
  });

  it('are taken once of each type, and again only if they are the same', async () => {
    const job = await startJob(paths);
    expect((await upload(job, 'one')).status).toBe(201);
    expect((await upload(job, 'one')).status).toBe(201);
    const other = await upload(job, 'two');
    expect(other.status).toBe(400);
    expect(await other.text()).toContain('another artifact of the same type already exists');
    expect((await upload(job, 'xml', 'artifact_type=junit&artifact_format=gzip')).status).toBe(201);
    const told = (await (await ask('GET', String(job.id))).json()) as { artifacts: object[] };
    expect(told.artifacts).toMatchObject([
      { file_type: 'archive', size: 3, filename: 'artifacts.zip', file_format: 'zip' },
      { file_type: 'junit', file_format: 'gzip' },
    ]);
  });

  it('expire by the clock, unless somebody keeps them', async () => {
    const [gone, kept] = [await startJob(paths), await startJob(paths)];
    await upload(gone, 'a', 'expire_in=2+hours');
    await upload(kept, 'b', 'expire_in=2+hours');
    expect((await ask('POST', `${kept.id}/artifacts/keep`)).status).toBe(200);
    expect((await ask('GET', `${gone.id}/artifacts`)).status).toBe(200);
    now += 2 * 3_600_000 + 1;
    expect((await ask('GET', `${gone.id}/artifacts`)).status).toBe(404);
    expect(await (await ask('GET', `${kept.id}/artifacts`)).text()).toBe('b');
    expect((await ask('DELETE', `${kept.id}/artifacts`)).status).toBe(204);
    expect((await ask('GET', `${kept.id}/artifacts`)).status).toBe(404);
  });

  it('are refused without a token of a running job, without a file, and with a lifetime that is none', async () => {
    const job = await startJob(paths);
    const strange = await startJob({}, 'acme/api');
    expect((await upload({ ...job, token: strange.token }, 'x')).status).toBe(403);
    await upload(job, 'x');
    expect((await download(job.id, strange.token)).status).toBe(403);
    expect((await upload(strange, 'x', 'expire_in=soon')).status).toBe(400);
    const bare = await fetch(`${simulator.url}/api/v4/jobs/${job.id}/artifacts`, {
      ...{ method: 'POST', body: 'no form', headers: { 'job-token': job.token } },
    });
    expect(bare.status).toBe(400);
  });

  it('travel with caches, variables and a script of their own', async () => {
    const cache = [{ key: 'deps', paths: ['node_modules/'], policy: 'pull', fallbackKeys: ['main'] }];
    const { body, token } = await startJob({ variables: { DEPTH: '3' }, cache }, 'acme/web', ['make']);
    expect(body).toMatchObject({
      steps: [{ script: ['make'] }],
      cache: [{ key: 'deps', policy: 'pull', when: 'on_success', fallback_keys: ['main'] }],
    });
    const variables = body.variables as { key: string; value: string; masked: boolean }[];
    expect(variables).toContainEqual(expect.objectContaining({ key: 'DEPTH', value: '3' }));
    expect(variables).toContainEqual(
      expect.objectContaining({ key: 'CI_JOB_TOKEN', value: token, masked: true }),
    );
  });
});
