import type { WorkerQueries } from '@cleanroom/messaging';
import pg from 'pg';
import { StopWithMessage } from '../stop-with-message.js';
import type { EventPlaces } from './event-places.js';

/**
 * Works on one service's database under its worker role.
 *
 * @throws StopWithMessage where nobody said which that is
 */
export async function withDatabase<T>(
  { databases }: EventPlaces,
  service: string,
  work: (db: WorkerQueries) => Promise<T>,
): Promise<T> {
  const connectionString = databases[service];
  if (!connectionString) {
    const known = Object.keys(databases).join(', ') || 'none';
    throw new StopWithMessage(
      `No database of "${service}" is known (known: ${known}). CLEANROOM_DATABASE_WORKER_URLS names them.`,
    );
  }
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const query = async (sql: string, parameters?: unknown[]) => (await client.query(sql, parameters)).rows;
    return await work({ worker: { query } });
  } finally {
    await client.end();
  }
}
