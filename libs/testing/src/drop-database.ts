import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const TRIES = 100;
const TRY_AGAIN_MS = 10;
const OTHERS = 'SELECT count(*)::int AS others FROM pg_stat_activity WHERE datname = $1';

/** Removes a database once those have left who are about to: its files may lie in memory. Somebody who stays keeps it. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    for (let tries = 0; tries < TRIES; tries++) {
      const { rows } = await client.query<{ others: number }>(OTHERS, [name]);
      if (rows[0]?.others === 0) return void (await client.query(`DROP DATABASE IF EXISTS ${name}`));
      await sleep(TRY_AGAIN_MS);
    }
  } finally {
    await client.end();
  }
}
