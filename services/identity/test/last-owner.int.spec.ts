import { createApiToken, revokeApiToken } from '../src/actions/api-tokens.js';
import { IdentityWorld } from './identity-world.js';

const REVOKE = `mutation($id: ID!) { payload: revokeApiToken(id: $id) { deletedId userErrors { code path message } } }`;
const TOKENS = `{ viewer { organization { apiTokens { id } } } }`;

let world: IdentityWorld;
let acme: string;
let first: string;

beforeAll(async () => {
  world = await IdentityWorld.start();
});
beforeEach(async () => {
  acme = (await world.organization()).organizationId;
  [first = ''] = await tokens();
});
afterAll(() => world.stop());

const tokens = async (): Promise<string[]> => {
  const { data } = await world.ask(world.caller(acme), TOKENS);
  const { viewer } = data as unknown as { viewer: { organization: { apiTokens: { id: string }[] } } };
  return viewer.organization.apiTokens.map(({ id }) => id);
};
const create = async (role: 'OWNER' | 'OPERATOR', expiresAt: Date | null = null): Promise<string> => {
  const answer = await createApiToken(world.ports, acme, 'spec', { name: 'other', role, expiresAt });
  if (!('value' in answer)) throw new Error('refused');
  return answer.value.apiToken.id;
};
const revoke = async (id: string): Promise<unknown> => {
  const { data } = await world.ask(world.caller(acme), REVOKE, { id });
  return (data as unknown as { payload: unknown }).payload;
};
const refused = {
  deletedId: null,
  userErrors: [{ code: 'NOT_ALLOWED', path: ['id'], message: expect.stringContaining('create another') }],
};
const expired = (id: string): Promise<unknown> =>
  world.db.asAdmin(`UPDATE api_token SET expires_at = '2020-01-01' WHERE id = $1`, [id]);

it('keeps the last token of an owner, whoever else there is', async () => {
  await create('OPERATOR');
  await expired(await create('OWNER'));
  expect(await revoke(first)).toEqual(refused);
  expect(await tokens()).toContain(first);
});

it('lets the first go once there is another, and then keeps that one', async () => {
  const second = await create('OWNER');
  expect(await revoke(first)).toEqual({ deletedId: first, userErrors: [] });
  expect(await revoke(second)).toEqual(refused);
});

it('lets one go that has expired', async () => {
  const old = await create('OWNER');
  await expired(old);
  expect(await revoke(old)).toEqual({ deletedId: old, userErrors: [] });
});

it('keeps one of two owners who revoke each other at once', async () => {
  for (let round = 0; round < 10; round += 1) {
    const both = [(await tokens())[0] ?? '', await create('OWNER')];
    const answers = await Promise.all(both.map((id) => revokeApiToken(world.ports, acme, 'spec', id)));
    expect(answers.filter((answer) => 'value' in answer)).toHaveLength(1);
    expect(await tokens()).toHaveLength(1);
  }
});
