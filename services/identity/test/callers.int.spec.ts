import { eventually } from '@cleanroom/testing';
import { IdentityWorld } from './identity-world.js';
import { MachineClient } from './machine-client.js';

const CREATE = `mutation($name: String!, $role: Role!, $expiresAt: DateTime) {
  payload: createApiToken(name: $name, role: $role, expiresAt: $expiresAt) {
    apiToken { id name role createdAt lastUsedAt expiresAt } secret userErrors { code path } } }`;
const REVOKE = `mutation($id: ID!) { payload: revokeApiToken(id: $id) { deletedId userErrors { code path } } }`;
const TOKENS = `{ viewer { name role organization { id name apiTokens { id name role lastUsedAt } } } }`;

interface Created {
  apiToken: { id: string; name: string; role: string; expiresAt: string | null } | null;
  secret: string | null;
  userErrors: { code: string; path: string[] }[];
}

let world: IdentityWorld;
let acme: string;

beforeAll(async () => {
  world = await IdentityWorld.start({ speed: 60 });
});
beforeEach(async () => {
  acme = (await world.organization()).organizationId;
});
afterAll(() => world.stop());

const create = async (given: object = {}): Promise<Created> => {
  const { data } = await world.ask(world.caller(acme), CREATE, { name: 'CI', role: 'OPERATOR', ...given });
  return (data as unknown as { payload: Created }).payload;
};
const question = (token: unknown) => ({
  ...{ authorization: typeof token === 'string' ? `Bearer ${token}` : token },
  ...{ sourceAddress: '198.51.100.7', method: 'POST', path: '/graphql' },
});
const whoIs = (token: unknown) =>
  world.call({ method: 'POST', path: '/internal/callers', body: question(token) });
const revoke = (id: string, organizationId = acme) => world.ask(world.caller(organizationId), REVOKE, { id });
const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

describe('an API token', () => {
  it('says who calls, for which organisation and in which role', async () => {
    const { apiToken, secret } = await create();
    expect(secret).toMatch(/^cr_/);
    expect(await whoIs(secret)).toMatchObject({
      status: 200,
      body: {
        ...{ kind: 'TOKEN', organizationId: acme, role: 'OPERATOR', name: 'CI', actorId: apiToken?.id },
        expiresAt: null,
      },
    });
  });

  it('is shown once and stored as a hash', async () => {
    const { secret } = await create();
    const stored = JSON.stringify(await world.db.asAdmin('SELECT * FROM api_token'));
    expect(stored).not.toContain(secret);
    expect(JSON.stringify((await world.ask(world.caller(acme), TOKENS)).data)).not.toContain(secret);
  });

  it('lets nobody in any more once it is revoked or has expired by the wall clock', async () => {
    const revoked = await create();
    await revoke(revoked.apiToken?.id ?? '');
    expect(await whoIs(revoked.secret)).toMatchObject({ status: 401, body: { error: 'UNAUTHENTICATED' } });
    const { secret } = await create({ expiresAt: inSeconds(2) });
    const { status, body } = await whoIs(secret);
    expect([status, typeof body.expiresAt]).toEqual([200, 'string']);
    await eventually(async () => expect((await whoIs(secret)).status).toBe(401));
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(String(body.expiresAt)));
  });

  it.each([['cr_wrong'], [''], ['x'.repeat(5_000)], [{ $ne: '' }], [undefined], ['\u0000']])(
    'is not guessed: %#',
    async (token) => {
      expect(await whoIs(token)).toMatchObject({ status: 401, body: { error: 'UNAUTHENTICATED' } });
    },
  );

  it('shows when it was last used', async () => {
    const { apiToken, secret } = await create();
    await whoIs(secret);
    const { data } = await world.ask(world.caller(acme), TOKENS);
    const { viewer } = data as unknown as {
      viewer: { organization: { apiTokens: { id: string; lastUsedAt: string | null }[] } };
    };
    const used = viewer.organization.apiTokens.filter(({ lastUsedAt }) => lastUsedAt !== null);
    expect(used.map(({ id }) => id)).toEqual([apiToken?.id]);
  });

  it('is noted as used once a minute at most', async () => {
    const { apiToken, secret } = await create();
    const usedAt = async () => {
      await whoIs(secret);
      const sql = 'SELECT last_used_at FROM api_token WHERE id = $1';
      return ((await world.db.asAdmin(sql, [apiToken?.id]))[0]?.last_used_at as Date).getTime();
    };
    const first = await usedAt();
    let next = await usedAt();
    await eventually(async () => expect((next = await usedAt())).not.toBe(first));
    expect(next - first).toBeGreaterThanOrEqual(60_000);
  });

  it('is refused a name of blanks and an end that has passed', async () => {
    expect((await create({ name: ' ' })).userErrors).toEqual([{ code: 'INVALID', path: ['name'] }]);
    expect((await create({ expiresAt: inSeconds(-1) })).userErrors).toEqual([
      { code: 'INVALID', path: ['expiresAt'] },
    ]);
    for (const expiresAt of ['soon', '', '2999-02-30T00:00:00Z', '2999-01-01'])
      expect((await create({ expiresAt })).userErrors).toEqual([{ code: 'INVALID', path: ['expiresAt'] }]);
  });

  it('is created and revoked by owners only, and by those of its own organisation', async () => {
    const { apiToken, secret } = await create();
    for (const role of ['VIEWER', 'OPERATOR'] as const) {
      const caller = world.caller(acme, role);
      const refused = [{ code: 'NOT_ALLOWED', path: [] }];
      const created = await world.ask(caller, CREATE, { name: 'x', role: 'OWNER' });
      expect(created.data).toEqual({ payload: { apiToken: null, secret: null, userErrors: refused } });
      const revoked = await world.ask(caller, REVOKE, { id: apiToken?.id });
      expect(revoked.data).toEqual({ payload: { deletedId: null, userErrors: refused } });
    }
    const { organizationId: globex } = await world.organization('Globex');
    const { data } = await revoke(apiToken?.id ?? '', globex);
    expect(data).toEqual({ payload: { deletedId: null, userErrors: [{ code: 'NOT_FOUND', path: ['id'] }] } });
    expect((await whoIs(secret)).status).toBe(200);
  });
});

describe('the question who a machine is', () => {
  let machine: MachineClient;
  beforeEach(async () => {
    machine = new MachineClient(world, acme);
    await machine.announce();
    await machine.enrol();
  });

  it('is answered for a proven call from its own address', async () => {
    const { machineId, runnerId } = machine;
    const { status, body } = await machine.whoIs(machine.prove('GET', '/machine/v1/runner'));
    expect(status).toBe(200);
    expect(body).toEqual({ kind: 'MACHINE', organizationId: acme, machineId, runnerId, generation: 1 });
  });

  it('is refused from another address, also with the right key', async () => {
    const answer = await machine.whoIs(machine.prove('GET', '/x'), { source: '127.64.99.99' });
    expect(answer).toMatchObject({ status: 401, body: { error: 'UNAUTHENTICATED' } });
  });

  it('is refused for a proof that was used before, is stale, or is of something else', async () => {
    const proof = machine.prove('GET', '/machine/v1/runner');
    expect((await machine.whoIs(proof)).status).toBe(200);
    const stale = machine.prove('GET', '/machine/v1/runner', '', Date.now() - 61_000);
    for (const wrong of [proof, stale, { ...machine.prove('GET', '/a'), path: '/b' }]) {
      expect(await machine.whoIs(wrong)).toMatchObject({ status: 401, body: { error: 'UNAUTHENTICATED' } });
    }
  });

  it('lets one of many through that use the same proof at the same time', async () => {
    const proof = machine.prove('GET', '/machine/v1/runner');
    const answers = await Promise.all(Array.from({ length: 10 }, () => machine.whoIs(proof)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('is refused with a credential of another machine, generation or key', async () => {
    const other = new MachineClient(world, acme);
    await other.announce();
    await other.enrol();
    const forged = machine.credential.replace('.1.', '.2.');
    for (const credential of [other.credential, forged, `${machine.credential.slice(0, -1)}_`, 'cmc', '']) {
      const proof = machine.prove('GET', '/machine/v1/runner');
      expect((await machine.whoIs(proof, { credential })).status).toBe(401);
    }
  });

  it('is refused with the key of another machine', async () => {
    const other = new MachineClient(world, acme);
    const proof = other.prove('GET', '/machine/v1/runner');
    expect((await machine.whoIs(proof)).status).toBe(401);
  });
});

it('answers the gateway only, not somebody on whose behalf the gateway calls', async () => {
  const { secret } = await create();
  const body = question(secret);
  const answer = await world.call({
    method: 'POST',
    path: '/internal/callers',
    body,
    caller: world.caller(acme),
  });
  expect(answer.status).toBe(403);
});
