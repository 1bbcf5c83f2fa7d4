import { eventually } from '@cleanroom/testing';
import { IdentityWorld, type HttpAnswer } from './identity-world.js';

const PATH = '/auth/session';
const CREATE = `mutation($role: Role!, $expiresAt: DateTime) {
  payload: createApiToken(name: "Desk", role: $role, expiresAt: $expiresAt) { apiToken { id } secret } }`;
const REVOKE = `mutation($id: ID!) { revokeApiToken(id: $id) { deletedId } }`;
const LOG = `{ viewer { organization { auditLog(first: 3) { nodes { actor action target } } } } }`;

let world: IdentityWorld;
let acme: string;
let token: { id: string; secret: string };
/** Sign-ins are limited by address: each spec comes from its own. */
let address = 0;

beforeAll(async () => {
  world = await IdentityWorld.start({ speed: 1 });
});
beforeEach(async () => {
  acme = (await world.organization()).organizationId;
  token = await create();
  address++;
});
afterAll(() => world.stop());

async function create(expiresAt?: string): Promise<{ id: string; secret: string }> {
  const { data } = await world.ask(world.caller(acme), CREATE, { role: 'OPERATOR', expiresAt });
  const { payload } = data as unknown as { payload: { apiToken: { id: string }; secret: string } };
  return { id: payload.apiToken.id, secret: payload.secret };
}
const caller = () => ({ kind: 'anonymous', source: `198.51.100.${address}` }) as const;
const signIn = (body: unknown = { token: token.secret }) =>
  world.call({ method: 'POST', path: PATH, body, caller: caller() });
const cookieOf = ({ headers }: HttpAnswer): string => headers.get('set-cookie')?.split(';')[0] ?? '';
const whoIsSignedIn = (cookie: string) =>
  world.call({ path: PATH, headers: { cookie: `theme=dark; ${cookie}` }, caller: caller() });
const signOut = (cookie: string) =>
  world.call({ method: 'DELETE', path: PATH, headers: { cookie }, caller: caller() });
const whoIs = (cookie: string) =>
  world.call({
    method: 'POST',
    path: '/internal/callers',
    body: { session: cookie.split('=')[1], sourceAddress: '', method: 'POST', path: '/graphql' },
  });

describe('signing in', () => {
  it('makes a session that says who it is, here and to the gateway', async () => {
    const answer = await signIn({ token: ` ${token.secret}\n` });
    const shown = { name: 'Desk', role: 'OPERATOR', organization: expect.stringMatching(/^Acme/) };
    expect(answer).toMatchObject({ status: 201, body: shown });
    expect(await whoIsSignedIn(cookieOf(answer))).toMatchObject({ status: 200, body: shown });
    expect(await whoIs(cookieOf(answer))).toMatchObject({
      status: 200,
      body: { kind: 'SESSION', organizationId: acme, role: 'OPERATOR', actorId: token.id, name: 'Desk' },
    });
  });

  it('keeps the secret in a cookie out of reach of scripts, and its hash in the database', async () => {
    const answer = await signIn();
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-cleanroom=crs_[\w-]+; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=4\d{4}$/,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const [secret = ''] = /crs_[\w-]+/.exec(cookieOf(answer)) ?? [];
    expect(JSON.stringify(answer.body)).not.toContain(secret);
    const [row] = await world.db.asAdmin(`SELECT encode(hash, 'escape') AS hash FROM session`);
    expect(row?.hash).not.toContain(secret);
  });

  it('lasts 12 hours, and no longer than its token', async () => {
    const { body } = await signIn();
    expect(Date.parse(String(body.expiresAt)) - Date.now()).toBeGreaterThan(11.9 * 3_600_000);
    const expiresAt = new Date(Date.now() + 2_000).toISOString();
    const short = await signIn({ token: (await create(expiresAt)).secret });
    expect(short.body.expiresAt).toBe(expiresAt);
    await eventually(async () => expect((await whoIs(cookieOf(short))).status).toBe(401));
  });

  it.each([
    {},
    { token: '' },
    { token: 'cr_wrong' },
    { token: 7 },
    [],
    'cr_wrong',
    { token: 'x'.repeat(2_000) },
  ])('is refused with %.40j', async (body) => {
    const answer = await signIn(body);
    expect(answer).toMatchObject({ status: 401, body: { error: 'UNAUTHENTICATED' } });
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('is refused to an address that was wrong too often, and to no other', async () => {
    for (let i = 0; i < 10; i++) expect((await signIn({ token: 'cr_wrong' })).status).toBe(401);
    const refused = await signIn();
    expect(refused).toMatchObject({ status: 429, body: { error: 'TOO_MANY_ATTEMPTS' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
    address++;
    expect((await signIn()).status).toBe(201);
  });

  it('forgets sessions that have ended', async () => {
    await signIn();
    const sessions = () =>
      world.db.asAdmin(`SELECT FROM session WHERE organization_id = $1`, [acme]).then(({ length }) => length);
    await world.db.asAdmin(`UPDATE session SET expires_at = now() - interval '1 second'`);
    await signIn();
    expect(await sessions()).toBe(1);
  });
});

describe('a session', () => {
  it('ends when somebody signs out, and for them alone', async () => {
    const [mine, other] = [cookieOf(await signIn()), cookieOf(await signIn())];
    const answer = await signOut(mine);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-cleanroom=; .*Max-Age=0$/);
    expect([(await whoIs(mine)).status, (await whoIsSignedIn(mine)).status]).toEqual([401, 401]);
    expect((await whoIs(other)).status).toBe(200);
    expect((await signOut(mine)).status).toBe(204);
  });

  it('ends with the token that it was begun with', async () => {
    const cookie = cookieOf(await signIn());
    await world.ask(world.caller(acme), REVOKE, { id: token.id });
    expect([(await whoIs(cookie)).status, (await whoIsSignedIn(cookie)).status]).toEqual([401, 401]);
    expect((await signIn()).status).toBe(401);
  });

  it.each(['', '__Host-cleanroom=', '__Host-cleanroom=crs_guessed', 'cleanroom=crs_guessed'])(
    'is not guessed: %j',
    async (cookie) => {
      expect((await whoIsSignedIn(cookie)).status).toBe(401);
      expect((await whoIs(cookie)).status).toBe(401);
    },
  );

  it('is no API token, nor is an API token a session', async () => {
    const [, session] = cookieOf(await signIn()).split('=');
    const question = { sourceAddress: '', method: 'POST', path: '/graphql' };
    const ask = (shown: object) =>
      world.call({ method: 'POST', path: '/internal/callers', body: { ...question, ...shown } });
    expect((await ask({ authorization: `Bearer ${session}` })).status).toBe(401);
    expect((await ask({ session: token.secret })).status).toBe(401);
    expect((await signIn({ token: session })).status).toBe(401);
  });

  it('is in the audit log with its beginning and its end', async () => {
    await signOut(cookieOf(await signIn()));
    const { data } = await world.ask(world.caller(acme), LOG);
    const { viewer } = data as unknown as { viewer: { organization: { auditLog: { nodes: object[] } } } };
    expect(viewer.organization.auditLog.nodes.slice(0, 2)).toEqual([
      { actor: 'Desk', action: 'sign-out', target: token.id },
      { actor: 'Desk', action: 'sign-in', target: token.id },
    ]);
  });
});
