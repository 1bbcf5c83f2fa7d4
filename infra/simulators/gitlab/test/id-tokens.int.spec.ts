import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { startGitLabSimulator } from '../src/index.js';
import type { GitLabSimulator } from '../src/index.js';
import { adminOf } from './admin-client.js';
import { RunnerVoice } from './runner-voice.js';

const TOKEN = 'glpat-test-owner';

describe('the ID tokens of jobs', () => {
  let simulator: GitLabSimulator;
  let admin: ReturnType<typeof adminOf>;

  beforeEach(async () => {
    simulator = await startGitLabSimulator({ tokens: { [TOKEN]: { scopes: ['api'] } } });
    admin = adminOf(simulator.url);
  });

  afterEach(() => simulator.stop());

  const discover = async () => {
    const answer = await fetch(`${simulator.url}/.well-known/openid-configuration`);
    return (await answer.json()) as { issuer: string; jwks_uri: string };
  };
  const createRunner = async () => {
    const answer = await fetch(`${simulator.url}/api/v4/user/runners`, {
      method: 'POST',
      headers: { 'private-token': TOKEN, 'content-type': 'application/json' },
      body: JSON.stringify({ runner_type: 'group_type', group_id: 1, tag_list: ['linux'] }),
    });
    return (await answer.json()) as { id: number; token: string };
  };
  const variablesOf = async (job: object) => {
    const { id, token } = await createRunner();
    const [jobId = 0] = await admin.queueJobs({ tags: ['linux'], ...job });
    const { body } = await new RunnerVoice(simulator.url, token).requestJob();
    const { variables } = body as unknown as { variables: { key: string; value: string; masked: boolean }[] };
    return { jobId, runnerId: id, variable: (name: string) => variables.find(({ key }) => key === name) };
  };

  it('are verified by the published keys, and say which job runs where', async () => {
    const { jobId, runnerId, variable } = await variablesOf({ idTokens: { VAULT: 'https://vault.example' } });
    const { issuer, jwks_uri } = await discover();
    expect(issuer).toBe(simulator.url);
    const given = variable('VAULT');
    expect(given?.masked).toBe(true);
    const audience = 'https://vault.example';
    const keys = createRemoteJWKSet(new URL(jwks_uri));
    const { payload } = await jwtVerify(given?.value ?? '', keys, { issuer, audience });
    expect(payload).toMatchObject({
      sub: 'project_path:acme/web:ref_type:branch:ref:main',
      ...{ namespace_path: 'acme', project_path: 'acme/web', job_id: String(jobId), ref_protected: 'true' },
      ...{ runner_id: runnerId, runner_environment: 'self-hosted', ref_path: 'refs/heads/main' },
    });
    expect(payload.exp).toBe((payload.iat ?? 0) + 3600);
    expect(payload.nbf).toBe((payload.iat ?? 0) - 5);
    expect(decodeProtectedHeader(given?.value ?? '')).toMatchObject({ alg: 'RS256', typ: 'JWT' });
  });

  it('have every documented claim, all of them texts but the times and the runner', async () => {
    const { variable } = await variablesOf({ idTokens: { T: 'a' } });
    const claims = decodeJwt(variable('T')?.value ?? '');
    const documented = [
      ...['namespace_id', 'namespace_path', 'project_id', 'project_path', 'project_visibility'],
      ...['user_id', 'user_login', 'user_email', 'user_access_level', 'groups_direct'],
      ...['pipeline_id', 'pipeline_source', 'job_id', 'job_project_id', 'job_project_path'],
      ...['job_namespace_id', 'job_namespace_path', 'ref', 'ref_type', 'ref_path', 'ref_protected'],
      ...['runner_id', 'runner_environment', 'sha', 'ci_config_ref_uri', 'ci_config_sha'],
      ...['jti', 'iss', 'iat', 'nbf', 'exp', 'sub', 'aud'],
    ];
    expect(Object.keys(claims).sort()).toEqual(documented.sort());
    const odd = Object.keys(claims).filter((name) => typeof claims[name] !== 'string' || claims[name] === '');
    expect(odd.sort()).toEqual(['exp', 'groups_direct', 'iat', 'nbf', 'runner_id']);
    expect(claims.ci_config_ref_uri).toMatch(/\/acme\/web\/\/\.gitlab-ci\.yml@refs\/heads\/main$/);
  });

  it('are as many as the job asks for, each for its own audiences, and none where it asks for none', async () => {
    const { variable } = await variablesOf({
      idTokens: { ONE: 'a', TWO: ['b', 'c'] },
      gitTag: true,
      ref: 'v1',
    });
    const [one, two] = [variable('ONE'), variable('TWO')].map((given) => decodeJwt(given?.value ?? ''));
    expect([one?.aud, two?.aud]).toEqual(['a', ['b', 'c']]);
    expect(one?.jti).not.toBe(two?.jti);
    expect(one?.sub).toBe('project_path:acme/web:ref_type:tag:ref:v1');
    expect((await variablesOf({})).variable('ONE')).toBeUndefined();
  });

  it('say who deploys where, in the words of the documentation', async () => {
    const identities = [{ provider: 'github', extern_uid: '2435223452345' }];
    const environment = { name: 'production/eu', protected: true };
    const claimsOf = async (definition: object) => {
      const { variable } = await variablesOf({ idTokens: { T: 'a' }, definition });
      return decodeJwt(variable('T')?.value ?? '');
    };
    expect(await claimsOf({ environment, user: { identities, groups: ['acme', 'acme/ops'] } })).toMatchObject(
      {
        ...{ environment: 'production/eu', environment_protected: 'true', deployment_tier: 'production' },
        ...{ environment_action: 'start', user_identities: identities, groups_direct: ['acme', 'acme/ops'] },
      },
    );
    const plain = await claimsOf({});
    expect(plain.groups_direct).toEqual(['acme']);
    expect(Object.keys(plain).filter((name) => /environment$|tier|identities/.test(name))).toEqual([
      'runner_environment',
    ]);
    const groups = Array.from({ length: 201 }, (_, index) => `group-${index}`);
    expect(await claimsOf({ user: { groups } })).not.toHaveProperty('groups_direct');
  });

  it('shows no private part of its key', async () => {
    const answer = await fetch((await discover()).jwks_uri);
    const { keys } = (await answer.json()) as { keys: object[] };
    expect(keys.flatMap((key) => Object.keys(key)).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });
});
