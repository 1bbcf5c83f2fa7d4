import { runMigrations } from '@cleanroom/persistence';
import { eventually, serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import { messagingMigrations } from '@cleanroom/messaging';
import pg from 'pg';
import { Identity202611230900 } from '../src/adapters/postgres/migrations/202611230900-identity.js';
import { MachineCredentials202611231110 } from '../src/adapters/postgres/migrations/202611231110-machine-credentials.js';
import { CredentialsOfTheGone202611281010 } from '../src/adapters/postgres/migrations/202611281010-credentials-of-the-gone.js';
import { migrations } from '../src/adapters/postgres/migrations/index.js';

let db: ServiceDatabase;
beforeEach(async () => {
  db = await serviceDatabase({
    name: 'identity',
    migrations: [...messagingMigrations, Identity202611230900],
  });
});
afterEach(() => db.close());

const machine = (id: string, credential: string) =>
  db.asAdmin(
    `INSERT INTO machine (id, organization_id, runner_id, pool_id, source_version, generation, address, ticket_hash,
       ticket_expires_at, credential_hash, credential_expires_at)
     VALUES ($1, 'org_1', 'run_1', 'pool_1', 1, 1, '127.64.0.1', 'ticket', now(), ${credential}, now())`,
    [id],
  );

it('leaves every enrolled machine the credential that it has, and protects it as before', async () => {
  await machine('mach_enrolled', `'credential'`);
  await machine('mach_waiting', 'NULL');
  await runMigrations({ ownerUrl: db.ownerUrl, migrations: [MachineCredentials202611231110] });
  expect(await db.asAdmin('SELECT machine_id, hash, ticket_hash FROM machine_credential')).toEqual([
    { machine_id: 'mach_enrolled', hash: Buffer.from('credential'), ticket_hash: Buffer.from('ticket') },
  ]);
  const forced = await db.asAdmin(
    `SELECT relname, relforcerowsecurity AS forced FROM pg_class WHERE relname IN ('machine', 'machine_credential') ORDER BY 1`,
  );
  expect(forced).toEqual([
    { relname: 'machine', forced: true },
    { relname: 'machine_credential', forced: true },
  ]);
});

it('lets the old version enrol a machine to the end, and forgets the credentials of those that are gone', async () => {
  await machine('mach_enrolling', `'credential'`);
  await machine('mach_gone', `'of one that is gone'`);
  const since = migrations.indexOf(CredentialsOfTheGone202611281010);
  await runMigrations({ ownerUrl: db.ownerUrl, migrations: migrations.slice(0, since) });
  await db.asAdmin(`UPDATE machine SET deleted = true WHERE id = 'mach_gone'`);
  const old = new pg.Client({ connectionString: db.appUrl });
  await old.connect();
  await old.query(
    `SET lock_timeout = '500ms'; BEGIN; SELECT set_config('cleanroom.organization', 'org_1', true)`,
  );
  await old.query(`SELECT FROM machine WHERE id = 'mach_enrolling' FOR UPDATE`);
  const ran = runMigrations({ ownerUrl: db.ownerUrl, migrations: migrations.slice(0, since + 1) });
  await eventually(async () => {
    const waiting = `SELECT FROM pg_locks WHERE NOT granted AND relation = 'machine'::regclass`;
    return (await db.asAdmin(waiting)).length === 1;
  });
  await old.query(
    `INSERT INTO audit_log (organization_id, at, actor, action, subject)
     VALUES ('org_1', now(), 'machine', 'enrol-machine', 'mach_enrolling')`,
  );
  await old.query('COMMIT');
  await old.end();
  expect(await ran).toHaveLength(1);
  expect(await db.asAdmin('SELECT machine_id FROM machine_credential')).toEqual([
    { machine_id: 'mach_enrolling' },
  ]);
});
