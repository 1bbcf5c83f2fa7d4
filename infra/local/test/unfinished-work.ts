import pg from 'pg';
import { serviceNames } from '../src/service-names.js';
import type { System } from '../src/system.js';
import { adminUrl } from './state-digest.js';

/**
 * What a trouble that is over has put off: steps that failed and wait to be tried again, and jobs of which scheduling has
 * not heard that they are over. A retry is up to a minute away, so that a state with any of these only seems to be at rest.
 */
export async function unfinishedWork(system: System): Promise<string[]> {
  const found = await Promise.all([
    ...serviceNames.map((name) => inDatabase(adminUrl(system, name), failedSteps)),
    inDatabase(adminUrl(system, 'scheduling'), openJobs),
  ]);
  return found.flat();
}

async function failedSteps(client: pg.Client): Promise<string[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'lease_failures'`,
  );
  const failed: string[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query<{ id: string; times: number }>(
      `SELECT id, lease_failures AS times FROM "${name}" WHERE due_at IS NOT NULL AND lease_failures > 0`,
    );
    failed.push(...rows.map(({ id, times }) => `${name} ${id} failed ${times} times`));
  }
  return failed;
}

async function openJobs(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ id: string; status: string }>(
    `SELECT id, status FROM job WHERE status IN ('QUEUED', 'RUNNING')`,
  );
  return rows.map(({ id, status }) => `job ${id} is ${status}`);
}

async function inDatabase<T>(connectionString: string, read: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await read(client);
  } finally {
    await client.end();
  }
}
