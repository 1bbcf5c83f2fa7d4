import { topics } from '@cleanroom/contracts';
import { inOrganization } from '@cleanroom/persistence';
import { eventually } from '@cleanroom/testing';
import type { EntityManager } from 'typeorm';
import { Fleet } from './fleet.js';
import { newId, ProvisioningWorld } from './provisioning-world.js';

const ENTITIES = `query($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on RunnerPool { name } ... on Runner { name } } }`;
/** Tables of the messaging library, which tests them itself. */
const MESSAGING = ['outbox', 'inbox', 'dead_letter', 'change_log', 'change_counter'];

let world: ProvisioningWorld;
let fleet: Fleet;
let tables: string[];
const globex = newId('organization');

beforeAll(async () => {
  world = await ProvisioningWorld.start();
  await world.connect();
  fleet = await Fleet.create(world);
  await world.want(fleet.poolId, 1);
  await fleet.reaches('ENROLLING');
  const { organizationId, hetznerProjectId } = world;
  await world.db.asAdmin(`INSERT INTO sold_out VALUES ($1, $2, 'cx23', 'hel1', now())`, [
    organizationId,
    hetznerProjectId,
  ]);
  // Of a source that no sweep looks at, or the next one would forget it.
  await world.db.asAdmin(`INSERT INTO sighting VALUES ($1, 'nowhere', 1)`, [organizationId]);
  await world.db.asAdmin(`INSERT INTO budget VALUES ($1, $2, 1, true, false)`, [
    fleet.poolId,
    organizationId,
  ]);
  const found = await world.db.asAdmin(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'organization_id' ORDER BY 1`,
  );
  tables = found.map(({ name }) => String(name)).filter((name) => !MESSAGING.includes(name));
});
afterAll(() => world.stop());

describe('another organisation', () => {
  const asGlobex = <T>(work: (tx: EntityManager) => Promise<T>): Promise<T> =>
    inOrganization(world.db, globex, work);

  it('neither sees nor changes a row of any table', async () => {
    expect(tables).toHaveLength(10);
    for (const table of tables) {
      const rows = await world.db.asAdmin(`SELECT 1 FROM ${table}`);
      expect([table, rows.length > 0]).toEqual([table, true]);
      expect([table, await asGlobex((tx) => tx.query<unknown[]>(`SELECT 1 FROM ${table}`))]).toEqual([
        table,
        [],
      ]);
      const touch = `UPDATE ${table} SET organization_id = organization_id`;
      const [, updated] = await asGlobex((tx) => tx.query<[unknown, number]>(touch));
      expect([table, updated]).toEqual([table, 0]);
    }
  });

  it('cannot be written for, nor can a row be read without any organisation set', async () => {
    for (const table of tables) {
      const give = inOrganization(world.db, world.organizationId, (tx) =>
        tx.query(`UPDATE ${table} SET organization_id = '${globex}'`),
      );
      await expect(give).rejects.toThrow(/row-level security/);
      await expect(world.db.app.query(`SELECT 1 FROM ${table}`)).rejects.toThrow(/no organisation is set/);
    }
  });

  it('is kept out of every table that there is, but for migrations and used nonces', async () => {
    const open = await world.db.asAdmin(
      `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
       AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY 1`,
    );
    expect(open.map(({ relname }) => relname)).toEqual(['migration', 'used_nonce']);
  });

  it('gets nothing for the id of any entity, while its owner does', async () => {
    const [runner] = await fleet.runners();
    const representations = [
      { __typename: 'RunnerPool', id: fleet.poolId },
      { __typename: 'Runner', id: runner?.id },
    ];
    const asStranger = await world.ask(ENTITIES, { representations }, world.caller('OWNER', globex));
    expect(asStranger).toEqual({ data: { _entities: [null, null] } });
    const asOwner = await world.ask(ENTITIES, { representations });
    expect(asOwner).toEqual({
      data: { _entities: [{ name: expect.any(String) }, { name: expect.any(String) }] },
    });
  });

  it('changes nothing with an event that names what is not its own', async () => {
    const [before] = await fleet.runners();
    const theirs = { organizationId: globex, poolId: fleet.poolId, version: 1_000_000n };
    await world.tell(topics.capacity, { ...theirs, wanted: 0, because: 'a stranger says so' });
    await world.tell(topics.staticIp, { ...theirs, runnerId: before?.id ?? '' });
    // What is told later has arrived: so has what was told before it.
    await world.tell(topics.capacity, { poolId: fleet.poolId, wanted: 1, because: 'the owner says so' });
    await eventually(async () => {
      const [pool] = await world.db.asAdmin('SELECT wanted_because FROM pool WHERE id = $1', [fleet.poolId]);
      expect(pool).toEqual({ wanted_because: 'the owner says so' });
    });
    const [runner] = await world.db.asAdmin('SELECT primary_ip_id > 0 AS leased FROM runner WHERE id = $1', [
      before?.id,
    ]);
    expect(runner).toEqual({ leased: true });
  });
});

describe('the worker role, which finds work for all organisations', () => {
  it('changes nothing but leases', async () => {
    for (const table of tables) {
      const change = world.db.worker.query(`UPDATE ${table} SET organization_id = organization_id`);
      await expect(change).rejects.toThrow(/permission denied/);
    }
  });
});
