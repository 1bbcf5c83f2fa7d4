import { createHash, createPrivateKey, createPublicKey, generateKeyPair, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { exportJWK, SignJWT } from 'jose';
import type { JWK } from 'jose';
import { shaOf } from './api/job-entity.js';
import { environmentTier } from './environment-tier.js';
import type { Job, Project, Runner } from './model.js';
import type { OpenRoute } from './wire/route.js';
import type { World } from './world.js';

/** What a token's job is about. */
export interface TokenSubject {
  readonly job: Job;
  readonly project: Project;
  readonly runner: Runner;
  /** How long the job may run, and so how long its token lives; seconds. */
  readonly timeout: number;
}

const JWKS = '/oauth/discovery/keys';
const MOST_GROUPS = 200;
const ALGORITHM = 'RS256';

/** What verifiers of ID tokens read. Both lie beside the API, not in it. */
export const discoveryRoutes = (world: World): OpenRoute[] => [
  {
    ...{ operation: 'discover_oidc', method: 'GET', url: '/.well-known/openid-configuration', caller: null },
    handle: () => ({ status: 200, body: discoveryOf(world.url()) }),
  },
  {
    ...{ operation: 'list_oidc_keys', method: 'GET', url: JWKS, caller: null },
    handle: async () => ({ status: 200, body: { keys: [await publicJwk(await signingKey(world))] } }),
  },
];

const discoveryOf = (issuer: string) => ({
  issuer,
  jwks_uri: `${issuer}${JWKS}`,
  authorization_endpoint: `${issuer}/oauth/authorize`,
  token_endpoint: `${issuer}/oauth/token`,
  userinfo_endpoint: `${issuer}/oauth/userinfo`,
  introspection_endpoint: `${issuer}/oauth/introspect`,
  revocation_endpoint: `${issuer}/oauth/revoke`,
  scopes_supported: ['openid', 'profile', 'email', 'read_user', 'read_api', 'api'],
  response_types_supported: ['code'],
  response_modes_supported: ['query', 'form_post'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: [ALGORITHM],
  claims_supported: ['iss', 'sub', 'aud', 'exp', 'iat', 'nbf', 'jti'],
});

/** The ID tokens that a job asks for, by the name of their variable. */
export async function idTokensFor(world: World, subject: TokenSubject): Promise<[string, string][]> {
  const wanted = Object.entries(subject.job.idTokens ?? {});
  if (wanted.length === 0) return [];
  const key = await signingKey(world);
  const kid = (await publicJwk(key)).kid;
  return Promise.all(
    wanted.map(async ([name, audiences]): Promise<[string, string]> => {
      const claims = new SignJWT(claimsOf(world, subject, audiences));
      return [name, await claims.setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid }).sign(key)];
    }),
  );
}

function claimsOf(world: World, { job, project, runner, timeout }: TokenSubject, audiences: string[]) {
  const [namespace, issuer] = [parentOf(project.fullPath), world.url()];
  // Checked by other people's libraries, which know no other clock.
  const now = Math.floor(Date.now() / 1000);
  const refType = job.isGitTag ? 'tag' : 'branch';
  const config = `${issuer.replace(/^https?:\/\//, '')}/${project.fullPath}//.gitlab-ci.yml@${refPath(job)}`;
  return {
    ...{ namespace_id: String(project.groupId), namespace_path: namespace },
    ...{ project_id: String(project.id), project_path: project.fullPath, project_visibility: 'private' },
    ...{ user_id: '1', user_login: 'owner', user_email: 'owner@example.test', user_access_level: 'owner' },
    ...{ pipeline_id: String(job.pipelineId), pipeline_source: 'push', job_id: String(job.id) },
    ...{ job_project_id: String(project.id), job_project_path: project.fullPath },
    ...{ job_namespace_id: String(project.groupId), job_namespace_path: namespace },
    ...{ ref: job.ref, ref_type: refType, ref_path: refPath(job), ref_protected: String(job.protected) },
    ...userClaims(job, project),
    ...environmentClaims(job),
    // The one claim of these that is a number.
    ...{ runner_id: runner.id, runner_environment: 'self-hosted', sha: shaOf(job) },
    ...{ ci_config_ref_uri: config, ci_config_sha: shaOf(job), jti: randomUUID() },
    ...{ iss: issuer, iat: now, nbf: now - 5, exp: now + timeout },
    sub: `project_path:${project.fullPath}:ref_type:${refType}:ref:${job.ref}`,
    aud: audiences.length === 1 ? audiences[0] : audiences,
  };
}

/** GitLab leaves the groups out where they are more than 200. */
function userClaims({ definition }: Job, { fullPath }: Project) {
  const groups = definition?.user?.groups ?? [fullPath.split('/')[0] ?? ''];
  const identities = definition?.user?.identities;
  return {
    ...(groups.length > MOST_GROUPS ? {} : { groups_direct: groups }),
    ...(identities ? { user_identities: identities } : {}),
  };
}

function environmentClaims({ definition }: Job) {
  const environment = definition?.environment;
  if (!environment) return {};
  return {
    environment: environment.name,
    environment_protected: String(environment.protected),
    deployment_tier: environment.tier ?? environmentTier(environment.name),
    environment_action: environment.action,
  };
}

const refPath = ({ ref, isGitTag }: Job): string => `refs/${isGitTag ? 'tags' : 'heads'}/${ref}`;
const parentOf = (fullPath: string): string => fullPath.split('/').slice(0, -1).join('/');

async function signingKey(world: World): Promise<KeyObject> {
  if (!world.state.signingKey) {
    const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    // Two may have asked at once: the first that is ready counts.
    world.state.signingKey ??= privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    world.changed();
  }
  return createPrivateKey(world.state.signingKey);
}

/** The key of ID tokens, also of those of people who sign in. */
export async function privateJwk(world: World): Promise<JWK & { kid: string }> {
  const key = await signingKey(world);
  return { ...(await exportJWK(key)), ...(await publicJwk(key)) };
}

async function publicJwk(key: KeyObject): Promise<JWK & { kid: string }> {
  const jwk = await exportJWK(createPublicKey(key));
  const kid = createHash('sha256')
    .update(jwk.n ?? '')
    .digest('base64url');
  return { ...jwk, kid, use: 'sig', alg: ALGORITHM };
}
