import { serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import { migrations as billing } from '@cleanroom/billing/migrations';
import { migrations as firewall } from '@cleanroom/firewall/migrations';
import { migrations as identity } from '@cleanroom/identity/migrations';
import { migrations as provisioning } from '@cleanroom/provisioning/migrations';
import { migrations as scheduling } from '@cleanroom/scheduling/migrations';

/** Tables that belong to no organisation. A new one is named here, with a reason, or does not pass. */
const sharedTables: Readonly<Record<string, readonly string[]>> = {
  // All tokens have one issuer.
  identity: ['oidc_key', 'proof_nonce'],
};
/** In every service: a nonce is used before anybody knows whose it is. */
const NONCES = 'used_nonce';
const sharedBy = (service: string): string[] => [...(sharedTables[service] ?? []), NONCES];
const OWN_ROWS = '( SELECT cleanroom_organization() AS cleanroom_organization)';

describe.each(Object.entries({ provisioning, identity, firewall, scheduling, billing }))(
  'the database of %s',
  (name, migrations) => {
    let db: ServiceDatabase;
    beforeAll(async () => {
      db = await serviceDatabase({ name, migrations });
    });
    afterAll(() => db.close());

    /** The first column of what a query finds. */
    const listed = async (sql: string): Promise<string[]> =>
      (await db.asAdmin(sql)).map((row) => String(Object.values(row)[0]));
    const TABLES = `FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND relname <> 'migration'`;

    it('forces row-level security on every table that belongs to an organisation', async () => {
      const open = await listed(
        `SELECT relname ${TABLES} AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY 1`,
      );
      expect(open).toEqual(sharedBy(name));
    });

    it('shows the app role the rows of the set organisation alone, and lets it write no others', async () => {
      const policies = await db.asAdmin(
        `SELECT tablename, qual, with_check, cmd FROM pg_policies
         WHERE permissive = 'PERMISSIVE' AND roles && ARRAY[(current_database() || '_app')::name, 'public'] ORDER BY 1`,
      );
      const column = /^\((organization_id|id) = /;
      for (const { tablename, qual, with_check: check, cmd } of policies) {
        const rule = String(qual).replace(column, '(').replace(/^\(/, '').replace(/\)$/, '');
        expect([tablename, cmd, rule, check]).toEqual([tablename, 'ALL', OWN_ROWS, qual]);
      }
      const shared = sharedBy(name);
      const protectedTables = await listed(`SELECT relname ${TABLES} ORDER BY 1`);
      expect(policies.map(({ tablename }) => tablename)).toEqual(
        protectedTables.filter((table) => !shared.includes(table)),
      );
    });

    it('has no view, nor a function that runs as somebody else, by which rows could be read past it', async () => {
      const views = `SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace`;
      const definers = `SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace`;
      expect(await listed(`${views} UNION ${definers}`)).toEqual([]);
    });

    it('has an app and a worker role that own nothing, are nobody else and can make nothing', async () => {
      const roles = `SELECT oid, rolname FROM pg_roles WHERE rolname IN (current_database() || '_app', current_database() || '_worker')`;
      const owned = `SELECT relname FROM pg_class WHERE relowner IN (SELECT oid FROM (${roles}) AS ours)`;
      const joined = `SELECT roleid::regrole FROM pg_auth_members WHERE member IN (SELECT oid FROM (${roles}) AS ours)`;
      const mighty = `SELECT rolname FROM (${roles}) AS ours JOIN pg_roles USING (oid, rolname)
        WHERE rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR has_schema_privilege(oid, 'public', 'CREATE')`;
      expect(await listed(roles.replace('oid, ', ''))).toHaveLength(2);
      for (const found of [owned, joined, mighty]) expect(await listed(found)).toEqual([]);
    });

    it('lets the worker role change no row but of the queues, and elsewhere only the columns of a lease', async () => {
      const changes = await listed(
        `SELECT DISTINCT table_name || '.' || column_name FROM information_schema.column_privileges
         WHERE grantee = current_database() || '_worker' AND privilege_type IN ('UPDATE', 'INSERT')
           AND table_name NOT IN ('inbox', 'dead_letter', 'change_counter') ORDER BY 1`,
      );
      const others = changes.filter((column) => !/\.(due_at|trace_parent|lease_\w+)$/.test(column));
      expect(others).toEqual([]);
    });
  },
);
