import pg from 'pg';
import { serviceNames } from '../src/service-names.js';
import type { System } from '../src/system.js';

/** What messaging itself keeps: the book of what was handled, not what came of it. */
const bookkeeping = ['inbox', 'outbox', 'dead_letter', 'migrations'];
/** Rows and columns that go on by themselves while nothing happens: when to look again, and when was looked last. */
const ephemeral = ['proof_nonce', 'used_nonce'];
const leasing = [
  'due_at',
  'lease_owner',
  'lease_until',
  'lease_epoch',
  'lease_failures',
  'lease_wakes',
  'trace_parent',
];
const clockwork = [...leasing, 'last_used_at', 'last_seen_at', 'last_checked_at', 'read_at'];

/** A digest of every table of every service: two are equal where nothing changed but what the clock alone changes. */
export async function stateDigest(system: System): Promise<Record<string, string>> {
  const tables = await Promise.all(serviceNames.map((name) => digestOf(adminUrl(system, name), name)));
  return Object.assign({}, ...tables) as Record<string, string>;
}

/** The superuser's address of a service's database: sees every organisation's rows. */
export const adminUrl = ({ ports, folder }: System, database: string): string =>
  `postgres://postgres:${folder.state.databasePasswords.admin}@127.0.0.1:${ports.postgres}/${database}`;

async function digestOf(connectionString: string, service: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> ALL($1)`,
      [[...bookkeeping, ...ephemeral]],
    );
    const digests: Record<string, string> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ digest: string }>(
        `SELECT count(*) || ' rows ' || md5(string_agg(kept, ';' ORDER BY kept)) AS digest
         FROM (SELECT (to_jsonb(t) - $1::text[])::text AS kept FROM "${name}" AS t) AS rows`,
        [clockwork],
      );
      digests[`${service}.${name}`] = rows[0]?.digest ?? 'empty';
    }
    return digests;
  } finally {
    await client.end();
  }
}
