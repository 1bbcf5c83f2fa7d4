import { silentLog } from '@cleanroom/kernel';
import { serviceDatabase } from '@cleanroom/testing';
import { Housekeeping } from '../src/housekeeping.js';
import { messagingMigrations } from '../src/migrations.js';

describe('the housekeeping', () => {
  it('tidies up once at a time', async () => {
    const db = await serviceDatabase({ name: 'tidy', migrations: messagingMigrations });
    const housekeeping = new Housekeeping(db, silentLog);
    const first = housekeeping.tidy();
    expect(housekeeping.tidy()).toBe(first);
    await first;
    const next = housekeeping.tidy();
    expect(next).not.toBe(first);
    await next;
    await db.close();
  });

  it('warns of a database that is away, but not of one that closes because the service stops', async () => {
    const db = await serviceDatabase({ name: 'tidy', migrations: messagingMigrations });
    const warnings: string[] = [];
    const housekeeping = new Housekeeping(db, { ...silentLog, warn: (_, text) => void warnings.push(text) });
    await db.close();
    await housekeeping.tidy();
    expect(warnings).toEqual(['Could not tidy up; trying again later']);
    housekeeping.stop();
    await housekeeping.tidy();
    expect(warnings).toHaveLength(1);
  });
});
