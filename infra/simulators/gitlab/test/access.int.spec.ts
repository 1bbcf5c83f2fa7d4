import { createGitLabClient } from '@cleanroom/gitlab';
import type { GitLabClient } from '@cleanroom/gitlab';
import { startGitLabSimulator } from '../src/index.js';
import type { AccessTokens, GitLabSimulator } from '../src/index.js';
import { adminOf } from './admin-client.js';

const tokens: AccessTokens = {
  admin: { scopes: ['api'], role: 'admin' },
  owner: { scopes: ['api'], role: 'owner', groups: ['acme'] },
  narrow: { scopes: ['create_runner', 'manage_runner'], role: 'owner', groups: ['acme'] },
  reader: { scopes: ['read_api'], role: 'owner', groups: ['acme'] },
  maintainer: { scopes: ['api'], role: 'maintainer', groups: ['acme'] },
  stranger: { scopes: ['api'], role: 'owner', groups: ['globex'] },
  revoked: { scopes: ['api'], revoked: true },
};

describe('what an access token may do', () => {
  let simulator: GitLabSimulator;
  let groupId: number;
  let projectId: number;
  const as = (token: keyof typeof tokens): GitLabClient =>
    createGitLabClient({ url: simulator.url, token: String(token), retryDelaysMs: [] });

  const newRunner = () => ({
    ...{
      type: 'group' as const,
      groupId,
      description: 'r',
      tags: ['linux'],
      runUntagged: false,
      maintenanceNote: 'n',
    },
  });

  beforeEach(async () => {
    simulator = await startGitLabSimulator({ tokens });
    groupId = (await as('admin').findGroup('acme'))?.id ?? 0;
    projectId = (await as('admin').findProject('acme/web'))?.id ?? 0;
  });

  afterEach(() => simulator.stop());

  it('is nothing where it is unknown or revoked', async () => {
    await expect(as('revoked').checkToken()).rejects.toMatchObject({ kind: 'unauthorized', status: 401 });
    await expect(as('nobody').findGroup('acme')).rejects.toMatchObject({ kind: 'unauthorized' });
  });

  it('ends when it is revoked, and begins when it is accepted', async () => {
    const admin = adminOf(simulator.url);
    await admin.revokeToken('reader');
    await expect(as('reader').findGroup('acme')).rejects.toMatchObject({ kind: 'unauthorized' });
    await admin.acceptTokens({ reader: { scopes: ['api'] } });
    await expect(as('reader').findGroup('acme')).resolves.toBeDefined();
  });

  it('tells its scopes whatever they are, and its user where they allow it', async () => {
    await expect(as('narrow').checkToken()).resolves.toMatchObject({
      scopes: ['create_runner', 'manage_runner'],
    });
    expect((await as('narrow').checkToken()).user).not.toHaveProperty('username');
    expect((await as('reader').checkToken()).user).toMatchObject({ username: 'owner' });
  });

  it('is a runner’s whole life with the two narrow scopes, and nothing of hooks or jobs', async () => {
    const { id } = await as('narrow').createRunner(newRunner());
    await as('narrow').pauseRunner(id);
    await expect(as('narrow').findRunnersByNote({ groupId }, 'n')).resolves.toHaveLength(1);
    await as('narrow').deleteRunner(id);
    await expect(as('narrow').listPendingJobs(projectId)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(as('narrow').listProjectHooks(projectId)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('changes nothing with a scope for reading', async () => {
    await expect(as('reader').createRunner(newRunner())).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(
      as('reader').createProjectHook(projectId, { url: 'http://127.0.0.1:9/' }),
    ).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(as('reader').listPendingJobs(projectId)).resolves.toEqual([]);
  });

  it('ends at its groups: what lies elsewhere does not exist', async () => {
    await expect(as('stranger').findGroup('acme')).resolves.toBeUndefined();
    await expect(as('stranger').findProject('acme/web')).resolves.toBeUndefined();
    await expect(as('stranger').createRunner(newRunner())).rejects.toMatchObject({ kind: 'invalid' });
    const { id } = await as('owner').createRunner(newRunner());
    await expect(as('stranger').deleteRunner(id)).rejects.toMatchObject({ kind: 'forbidden' });
    expect((await as('stranger').listProjects()).map(({ fullPath }) => fullPath)).toEqual(['globex/app']);
  });

  it('shows an administrator every project, and as a member none', async () => {
    const paths = (await as('admin').listProjects()).map(({ fullPath }) => fullPath);
    expect(paths).toEqual(['acme/web', 'acme/api', 'globex/app']);
    const url = `${simulator.url}/api/v4/projects?membership=true`;
    const answer = await fetch(url, { headers: { 'private-token': 'admin' } });
    expect(await answer.json()).toEqual([]);
  });

  it('follows a group that is renamed: its number stays, and its path and those of its projects are others', async () => {
    await adminOf(simulator.url).rename('acme', 'acme-corp');
    await expect(as('owner').findGroup(groupId)).resolves.toMatchObject({ fullPath: 'acme-corp' });
    await expect(as('owner').findProject(projectId)).resolves.toMatchObject({ fullPath: 'acme-corp/web' });
    await expect(as('owner').findGroup('acme')).resolves.toBeUndefined();
    await expect(as('stranger').findGroup(groupId)).resolves.toBeUndefined();
  });

  it('makes group runners only as an owner, project runners as a maintainer, instance runners as an administrator', async () => {
    const rest = { description: 'r', tags: ['linux'], runUntagged: false, maintenanceNote: '' };
    await expect(as('maintainer').createRunner(newRunner())).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(
      as('maintainer').createRunner({ type: 'project', projectId, ...rest }),
    ).resolves.toBeDefined();
    await expect(as('owner').createRunner({ type: 'instance', ...rest })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(as('admin').createRunner({ type: 'instance', ...rest })).resolves.toBeDefined();
    const all = await as('admin').listRunners({});
    expect(all).toHaveLength(2);
    // Everybody sees one of the instance, and nobody else changes it.
    const id = all.find(({ runnerType }) => runnerType === 'instance')?.id ?? 0;
    await expect(as('stranger').getRunner(id)).resolves.toMatchObject({ id });
    await expect(as('owner').pauseRunner(id)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('cannot make a runner that could never run anything, or with a note that is too long', async () => {
    await expect(as('owner').createRunner({ ...newRunner(), tags: [] })).rejects.toMatchObject({
      kind: 'invalid',
    });
    const maintenanceNote = 'x'.repeat(1025);
    await expect(as('owner').createRunner({ ...newRunner(), maintenanceNote })).rejects.toMatchObject({
      kind: 'invalid',
    });
  });

  it('is told what is wrong in GitLab’s own words', async () => {
    const ask = async (token: string, method: string, path: string, body?: object) => {
      const headers = { 'private-token': token, 'content-type': 'application/json' };
      const sent = body ? { body: JSON.stringify(body) } : {};
      const answer = await fetch(`${simulator.url}/api/v4/${path}`, { method, headers, ...sent });
      return [answer.status, await answer.json()];
    };
    const create = (body: object) => ask('owner', 'POST', 'user/runners', body);
    expect(await create({})).toEqual([400, { error: 'runner_type is missing' }]);
    expect(await create({ runner_type: 'x' })).toEqual([
      400,
      { error: 'runner_type does not have a valid value' },
    ]);
    const { id } = await as('owner').createRunner(newRunner());
    expect(await ask('owner', 'PUT', `runners/${id}`, { maximum_timeout: 5 })).toEqual([
      ...[400, { message: { maximum_timeout: ['needs to be at least 10 minutes'] } }],
    ]);
    const [, nothing] = await ask('owner', 'PUT', `runners/${id}`, {});
    expect(nothing).toEqual({
      error: expect.stringMatching(/^description, .* at least one parameter must be/),
    });
    expect(await ask('owner', 'PUT', `runners/${id}`, { active: false, paused: true })).toEqual([
      ...[400, { error: 'active, paused are mutually exclusive' }],
    ]);
    expect(await ask('owner', 'PUT', `runners/${id}`, { active: false })).toEqual([
      ...[200, expect.objectContaining({ paused: true })],
    ]);
    expect(await ask('revoked', 'GET', 'version')).toEqual([
      401,
      expect.objectContaining({ error: 'invalid_token' }),
    ]);
    expect(await ask('nobody', 'GET', 'version')).toEqual([401, { message: '401 Unauthorized' }]);
    expect(await ask('owner', 'POST', 'jobs/request', {})).toEqual([400, { error: 'token is missing' }]);
    expect(await ask('owner', 'POST', 'jobs/request', { token: 'glrt-x' })).toEqual([
      403,
      { message: '403 Forbidden' },
    ]);
  });

  it('lists more runners than fit on one page', async () => {
    for (let i = 0; i < 101; i++) await as('owner').createRunner(newRunner());
    await expect(as('owner').listRunners({ groupId })).resolves.toHaveLength(101);
  });
});
