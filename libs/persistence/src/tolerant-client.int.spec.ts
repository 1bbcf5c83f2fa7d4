import { serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';

let db: ServiceDatabase;
beforeAll(async () => {
  db = await serviceDatabase({ name: 'broken', migrations: [], poolSize: 1 });
});
afterAll(() => db.close());

it('is replaced when PostgreSQL ends it in the moment between the pool and who asked for it', async () => {
  const driver = db.app.driver as PostgresDriver;
  const [connection, release] = (await driver.obtainMasterConnection()) as [NodeJS.EventEmitter, () => void];
  const ended = new Promise((resolve) => connection.on('end', resolve));
  await db.asAdmin(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1 AND state = 'idle'`,
    [new URL(db.appUrl).username],
  );
  await ended;
  release();
  await expect(db.app.query('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
});
