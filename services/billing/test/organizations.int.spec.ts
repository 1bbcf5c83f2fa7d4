import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { topics } from '@cleanroom/contracts';
import { inOrganization } from '@cleanroom/persistence';
import { eventually } from '@cleanroom/testing';
import type { EntityManager } from 'typeorm';
import { AwaitedIp } from './awaited-ip.js';
import { newId, RunningBilling } from './running-billing.js';

/** Tables of the messaging library, which tests them itself. */
const messaging = ['outbox', 'inbox', 'dead_letter'];

let world: RunningBilling;
let tables: string[];
beforeAll(async () => {
  world = await RunningBilling.start();
  await world.connect();
  await world.pricesKnown();
  const lastMonth = timestampFromDate(new Date('2026-10-31T09:00:00Z'));
  const poolId = newId('pool');
  await world.tell(topics.pool, { poolId, version: 1n, name: 'pool', serverTypes: ['cx23'] });
  await world.tell(topics.machine, {
    ...{ machineId: newId('machine'), runnerId: newId('runner'), poolId, version: 1n, hoursAsked: 1 },
    ...{ hetznerProjectId: world.projectId, serverType: 'cx23', location: 'fsn1', createdAt: lastMonth },
  });
  await new AwaitedIp(world, poolId).ask();
  await eventually(async () => expect(await world.db.asAdmin('SELECT 1 FROM meter')).toHaveLength(1));
  await world.tell(topics.organization, { version: 1n, name: 'Acme', timeZone: 'UTC' });
  await world.ask(
    `mutation { setBudget(limit: { amount: "1", currency: "EUR" }, onExhausted: WARN) { userErrors { code } } }`,
    {},
    world.caller(undefined, 'OWNER'),
  );
  const found = await world.db.asAdmin(
    `SELECT table_name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'organization_id' ORDER BY 1`,
  );
  tables = found.map((row) => String(row.table_name)).filter((name) => !messaging.includes(name));
  await eventually(async () => {
    for (const table of tables)
      expect([table, (await world.db.asAdmin(`SELECT 1 FROM ${table}`)).length > 0]).toEqual([table, true]);
  });
});
afterAll(() => world.stop());

describe('another organisation', () => {
  const asStranger = <T>(work: (tx: EntityManager) => Promise<T>): Promise<T> =>
    inOrganization(world.db, newId('organization'), work);

  it('neither sees nor changes a row of any table', async () => {
    expect(tables).toHaveLength(12);
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
      await expect(moved).rejects.toThrow(/row-level security|a closed statement does not change/);
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
