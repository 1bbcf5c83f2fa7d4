import pg from 'pg';
import { serviceNames } from '../src/service-names.js';
import type { System } from '../src/system.js';
import { adminUrl } from './state-digest.js';

/** How many events of all services are written with the state, and not published. */
export async function inOutboxes(system: System): Promise<number> {
  const waiting = await Promise.all(serviceNames.map((name) => inOutbox(adminUrl(system, name))));
  return waiting.reduce((sum, one) => sum + one, 0);
}

async function inOutbox(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ waiting: string }>('SELECT count(*) AS waiting FROM outbox');
    return Number(rows[0]?.waiting);
  } finally {
    await client.end();
  }
}
