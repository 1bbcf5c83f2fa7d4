import { EnrolmentStatus, topics } from '@cleanroom/contracts';
import { inOrganization } from '@cleanroom/persistence';
import { eventually } from '@cleanroom/testing';
import type { EntityManager } from 'typeorm';
import { newId, RunningFirewall } from './running-firewall.js';

/** Tables of the messaging library, which tests them itself. */
const messaging = ['outbox', 'inbox', 'dead_letter'];

let world: RunningFirewall;
let tables: string[];
beforeAll(async () => {
  world = await RunningFirewall.start();
  await world.connect();
  const poolId = await world.pool();
  await world.ask(`mutation { createFirewallPolicy(input: { name: "Office" }) { firewallPolicy { id } } }`);
  const [policy] = await world.db.asAdmin('SELECT id FROM firewall_policy');
  const assign = `assignFirewallPolicy(policyId: "${String(policy?.id)}", poolId: "${poolId}")`;
  await world.ask(`mutation { ${assign} { userErrors { code } } }`);
  const machine = {
    machineId: newId('machine'),
    runnerId: newId('runner'),
    poolId,
    generation: 1,
    version: 1n,
  };
  // Of a project that nobody looks at, or the next look would forget it.
  await world.db.asAdmin(`INSERT INTO sighted_firewall VALUES ($1, $2, 1, false)`, [
    world.organizationId,
    newId('hetznerProject'),
  ]);
  await world.tell(topics.machineIdentity, { ...machine, status: EnrolmentStatus.ENROLLED });
  const found = await world.db.asAdmin(
    `SELECT table_name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'organization_id' ORDER BY 1`,
  );
  tables = found.map((row) => String(row.table_name)).filter((name) => !messaging.includes(name));
  await eventually(async () => {
    for (const table of tables)
      expect([table, await world.db.asAdmin(`SELECT 1 FROM ${table}`)]).toEqual([table, [expect.anything()]]);
  });
});
afterAll(() => world.stop());

describe('another organisation', () => {
  const asStranger = <T>(work: (tx: EntityManager) => Promise<T>): Promise<T> =>
    inOrganization(world.db, newId('organization'), work);

  it('neither sees nor changes a row of any table', async () => {
    expect(tables).toHaveLength(9);
    for (const table of tables) {
      const seen = await asStranger((tx) => tx.query<unknown[]>(`SELECT 1 FROM ${table}`));
      expect([table, seen]).toEqual([table, []]);
      const [, deleted] = await asStranger((tx) => tx.query<[unknown, number]>(`DELETE FROM ${table}`));
      expect([table, deleted]).toEqual([table, 0]);
      const touch = `UPDATE ${table} SET organization_id = organization_id`;
      const [, updated] = await asStranger((tx) => tx.query<[unknown, number]>(touch));
      expect([table, updated]).toEqual([table, 0]);
    }
  });

  it('cannot be written for, nor can a row be read without any organisation set', async () => {
    for (const table of tables) {
      const move = `UPDATE ${table} SET organization_id = 'org_other'`;
      const moved = inOrganization(world.db, world.organizationId, (tx) => tx.query(move));
      await expect(moved).rejects.toThrow(/row-level security/);
      await expect(world.db.app.query(`SELECT 1 FROM ${table}`)).rejects.toThrow(/no organisation is set/);
    }
  });

  it('is protected in every table that there is, but for migrations and used nonces', async () => {
    const open = await world.db.asAdmin(
      `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
       AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY 1`,
    );
    expect(open.map(({ relname }) => relname)).toEqual(['migration', 'used_nonce']);
  });
});
