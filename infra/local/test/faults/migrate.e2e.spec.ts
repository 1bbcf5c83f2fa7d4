import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import { workspaceRoot } from '../../src/config.js';
import { serviceNames, type ServiceProcess } from '../../src/service-names.js';

describe('the program that migrates the database', () => {
  const opened: ServiceDatabase[] = [];
  afterEach(() => Promise.all(opened.splice(0).map((db) => db.close())));

  const migrate = (name: ServiceProcess, ownerUrl: string) =>
    promisify(execFile)(process.execPath, [join(workspaceRoot, `services/${name}/dist/migrate.mjs`)], {
      env: { PATH: process.env.PATH, CLEANROOM_DATABASE_OWNER_URL: ownerUrl },
    });

  it.each(serviceNames)('of %s brings an empty one up to date, once', async (name) => {
    const db = await serviceDatabase({ name, migrations: [] });
    opened.push(db);
    const { stdout } = await migrate(name, db.ownerUrl);
    expect(stdout).toContain('the database was migrated');
    const run = await db.asAdmin('SELECT name FROM migration');
    expect(run.length).toBeGreaterThan(3);
    expect((await migrate(name, db.ownerUrl)).stdout).toContain('the database was up to date');
    expect(await db.asAdmin('SELECT name FROM migration')).toEqual(run);
  });

  it('says what is wrong with its address, and never repeats it', async () => {
    const failed = migrate('billing', 'mysql://owner:secret@127.0.0.1/billing');
    await expect(failed).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('CLEANROOM_DATABASE_OWNER_URL') as string,
    });
    await expect(failed).rejects.not.toMatchObject({ stderr: expect.stringContaining('secret') as string });
  });
});
