import { createOrganization } from '../src/actions/create-organization.js';
import { IdentityWorld } from './identity-world.js';

let world: IdentityWorld;
beforeAll(async () => {
  world = await IdentityWorld.start();
});
afterAll(() => world.stop());

const everything = () =>
  Promise.all(
    ['organization', 'api_token', 'audit_log'].map((table) =>
      world.db.asAdmin(`SELECT count(*)::int FROM ${table}`),
    ),
  );

describe('the making of an organisation', () => {
  it.each(['Initech', ' Initech '])(
    'is refused for a name that exists, "%s", and changes nothing',
    async (name) => {
      const existing = await world.db.asAdmin(`SELECT id FROM organization WHERE name = 'Initech'`);
      const id = existing[0]?.id ?? (await world.organization('Initech')).organizationId;
      const before = await everything();
      await expect(world.organization(name)).rejects.toThrow(
        `An organisation named "Initech" exists (${String(id)})`,
      );
      expect(await everything()).toEqual(before);
    },
  );

  it('makes one where several ask for the same name at once', async () => {
    const asked = await Promise.allSettled([1, 2, 3].map(() => world.organization('Race')));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await world.db.asAdmin(`SELECT 1 FROM organization WHERE name = 'Race'`)).toHaveLength(1);
  });

  it('makes none for a name that is none', async () => {
    const before = await everything();
    const tokens = [{ role: 'OWNER' as const, name: 'first' }];
    await expect(createOrganization(world.ports, ' ', tokens)).rejects.toThrow(RangeError);
    expect(await everything()).toEqual(before);
  });
});
