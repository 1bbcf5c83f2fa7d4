import { eventually } from '@cleanroom/testing';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import { PUBLISHED_BEFORE_MS } from '../src/domain/key-rotation.js';
import { IdentityWorld } from './identity-world.js';
import { MachineClient } from './machine-client.js';

const ISSUER = 'https://cleanroom.example/oidc';
const RUNNER = `query($id: ID!) { _entities(representations: [{ __typename: "Runner", id: $id }]) {
  ... on Runner { identity { issuer subject lastTokenIssuedAt } staticIp { address } } } }`;
/** An hour of the product in 100 ms: a day of a key passes in less than three seconds. */
const HOUR_MS = 100;

let world: IdentityWorld;
let machine: MachineClient;

beforeAll(async () => {
  world = await IdentityWorld.start({ speed: 3_600_000 / HOUR_MS });
});
beforeEach(async () => {
  machine = await enrolled();
});
afterAll(() => world.stop());

const enrolled = async (at = world): Promise<MachineClient> => {
  const { organizationId } = await at.organization();
  const client = new MachineClient(at, organizationId);
  await client.announce();
  await client.enrol();
  return client;
};
const tokenFor = async (audience: string, client = machine): Promise<string> => {
  const { status, body } = await client.call(
    'GET',
    `/machine/v1/token?audience=${encodeURIComponent(audience)}`,
  );
  expect(status).toBe(200);
  return String(body.token);
};
const jwks = async (at = world) => (await at.call({ path: '/oidc/jwks' })).body as unknown as JSONWebKeySet;

describe('a workload token', () => {
  it('proves to whoever trusts the published keys which runner it is, for one audience and five minutes of the wall clock', async () => {
    const token = await tokenFor('https://vault.example');
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(await jwks()), {
      issuer: ISSUER,
      audience: 'https://vault.example',
      algorithms: ['RS256'],
    });
    const { organizationId, poolId, runnerId, machineId, address } = machine;
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT', kid: expect.any(String) });
    expect(payload).toMatchObject({
      sub: `org:${organizationId}:pool:${poolId}:runner:${runnerId}`,
      aud: 'https://vault.example',
      org: organizationId,
      pool: poolId,
      runner: runnerId,
      machine: machineId,
      generation: '1',
      runner_ip: address,
      jti: expect.any(String),
    });
    expect(payload.exp! - payload.iat!).toBe(300);
  });

  it('has an id of its own each time', async () => {
    const ids = [await tokenFor('a'), await tokenFor('a')].map((token) => decodeJwt(token).jti);
    expect(new Set(ids).size).toBe(2);
  });

  it.each([
    ['without an audience', '', 422, 'INVALID'],
    ['with an empty audience', '?audience=', 422, 'INVALID'],
    ['with two audiences', '?audience=a&audience=b', 422, 'INVALID'],
    ['with an audience of control characters', '?audience=a%00', 422, 'INVALID'],
    ['with a very long audience', `?audience=${'a'.repeat(257)}`, 422, 'INVALID'],
  ])('is not given %s', async (_, query, status, error) => {
    const answer = await machine.call('GET', `/machine/v1/token${query}`);
    expect(answer).toMatchObject({ status, body: { error, message: expect.any(String) } });
  });

  it('is not given to users, nor to machines that are over', async () => {
    const path = '/machine/v1/token?audience=a';
    const user = await world.call({ path, caller: world.caller(machine.organizationId) });
    expect(user).toMatchObject({ status: 401, body: { error: 'UNAUTHENTICATED' } });
    const { organizationId, runnerId, machineId, address: source } = machine;
    const caller = {
      kind: 'machine' as const,
      organizationId,
      runnerId,
      machineId,
      generation: 1,
      source,
    };
    expect((await world.call({ path, caller })).status).toBe(200);
    await machine.announce({ credentialRevoked: true });
    expect(await world.call({ path, caller })).toMatchObject({
      status: 403,
      body: { error: 'NOT_READY' },
    });
  });

  it('leaves a trace: when the last one was issued, and an entry that nobody can change', async () => {
    await tokenFor('a');
    const actions = await world.db.asAdmin('SELECT action FROM audit_log WHERE subject = $1', [
      machine.runnerId,
    ]);
    expect(actions).toEqual([{ action: 'issue-workload-token' }]);
    const change = world.db.app.query(`UPDATE audit_log SET actor = 'nobody'`);
    await expect(change).rejects.toThrow(/permission denied/);
    const rows = await world.db.asAdmin('SELECT last_token_issued_at FROM workload WHERE id = $1', [
      machine.runnerId,
    ]);
    expect(rows).toEqual([{ last_token_issued_at: expect.any(Date) }]);
  });
});

describe('the issuer', () => {
  it('describes itself so that AWS, Google, Azure and Vault are content', async () => {
    const { body, headers } = await world.call({ path: '/oidc/.well-known/openid-configuration' });
    expect(headers.get('cache-control')).toBe('public, max-age=300');
    expect(body).toMatchObject({
      issuer: ISSUER,
      jwks_uri: `${ISSUER}/jwks`,
      response_types_supported: ['id_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    });
  });

  it('publishes public keys only, which may be cached for five minutes', async () => {
    const { body, headers } = await world.call({ path: '/oidc/jwks' });
    expect(headers.get('cache-control')).toBe('public, max-age=300');
    for (const key of (body as unknown as JSONWebKeySet).keys) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    }
    const [row] = await world.db.asAdmin('SELECT private_sealed FROM oidc_key LIMIT 1');
    expect((row?.private_sealed as Buffer).toString('latin1')).not.toContain('"d"');
  });

  it('says in OAuth words that it exchanges nothing', async () => {
    const answer = await world.call({ method: 'POST', path: '/oidc/token' });
    expect(answer).toMatchObject({ status: 400, body: { error: 'unsupported_grant_type' } });
  });

  it('changes its key while verifiers that read the set regularly always know it', async () => {
    const seen = new Set<string>();
    let known = await jwks();
    let readAt = world.clock.now();
    await eventually(
      async () => {
        const token = await tokenFor('a');
        const { kid = '' } = decodeProtectedHeader(token);
        // A verifier that read the set longer ago than a key is published in advance is none that reads regularly.
        const isRegular = world.clock.now().getTime() - readAt.getTime() < PUBLISHED_BEFORE_MS;
        if (isRegular) expect(known.keys.map((key) => key.kid)).toContain(kid);
        if (isRegular) seen.add(kid);
        readAt = world.clock.now();
        known = await jwks();
        return seen.size >= 3;
      },
      { every: 5 },
    );
    expect(known.keys.length).toBeLessThanOrEqual(3);
  });
});

it('goes on with the same keys after a restart', async () => {
  // By a clock like ours: however long it takes, no key is over meanwhile.
  const slow = await IdentityWorld.start({ speed: 1 });
  try {
    const before = await jwks(slow);
    await slow.stopService();
    await slow.startService();
    const kids = (await jwks(slow)).keys.map(({ kid }) => kid);
    expect(kids).toContain(before.keys.at(-1)?.kid);
    expect(kids).toContain(decodeProtectedHeader(await tokenFor('a', await enrolled(slow))).kid);
  } finally {
    await slow.stop();
  }
});

it('shows nothing of a runner that it has not heard of', async () => {
  const { data } = await world.ask(world.caller(machine.organizationId), RUNNER, { id: 'run_unknown' });
  expect(data).toEqual({ _entities: [{ identity: null, staticIp: null }] });
});
