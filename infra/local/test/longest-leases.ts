import type { WorkerQueries } from '@cleanroom/messaging';
import { withDatabase } from '../src/events/with-database.js';
import type { EventPlaces } from '../src/events/event-places.js';
import { eventPlaces } from './event-places.js';
import type { TestInstallation } from './installation.js';

export interface LongestLease {
  /** With its database before it. */
  readonly table: string;
  readonly seconds: number;
}

/**
 * Their steps ask GitLab page by page, so they are held for up to a minute. They only come round by themselves and find
 * again what was lost: what a job waits for is told by webhooks, whose table is not among them.
 */
const ROUNDS = ['scheduling.gitlab_project', 'scheduling.gitlab_connection', 'scheduling.gitlab_hook'];

/**
 * How much longer rows of each table of work are held, also those whose holder is dead: so long nobody takes them over.
 * Of the bus as well, where it is the embedded one; tables of which nothing is held are left out.
 */
export async function longestLeases(installation: TestInstallation): Promise<LongestLease[]> {
  const { busUrl, databases } = eventPlaces(installation);
  const isEmbedded = installation.system.folder.state.bus === 'embedded';
  const places = { busUrl, databases: { ...databases, ...(isEmbedded && { bus: busUrl }) } };
  const found = await Promise.all(Object.keys(places.databases).map((name) => leasesIn(places, name)));
  return found.flat().filter(({ table }) => !ROUNDS.includes(table));
}

const leasesIn = (places: EventPlaces, database: string): Promise<LongestLease[]> =>
  withDatabase(places, database, async (db) => {
    const leases: LongestLease[] = [];
    for (const table of await leasedTables(db)) {
      const [row] = (await db.worker.query(
        `SELECT extract(epoch FROM max(lease_until) - now())::float8 AS seconds FROM ${table}`,
      )) as { seconds: number | null }[];
      if (row?.seconds) leases.push({ table: `${database}.${table}`, seconds: row.seconds });
    }
    return leases;
  });

async function leasedTables(db: WorkerQueries): Promise<string[]> {
  const tables = (await db.worker.query(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE column_name = 'lease_until' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  )) as { name: string }[];
  if (tables.length === 0) throw new Error('a database without a table of work');
  return tables.map(({ name }) => name);
}
