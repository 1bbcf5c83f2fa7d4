import { serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import { inOrganization } from '@cleanroom/persistence';
import { Inbox, markHandled } from '../src/inbox.js';
import { messagingMigrations } from '../src/migrations.js';
import { deletionsOf, noteDeletions } from './deletions.js';

const event = { topic: 'cleanroom.test.thing.v1', id: 'evt_1', organizationId: 'org_a' };
const named = (id: string) => ({ ...event, id });

describe('the inbox', () => {
  let db: ServiceDatabase;

  beforeEach(async () => {
    db = await serviceDatabase({ name: 'inbox', migrations: messagingMigrations });
  });
  afterEach(() => db.close());

  it('counts starts and ends', async () => {
    const inbox = new Inbox(db);
    expect(await inbox.start([event])).toEqual([{ started: 1, finished: 0 }]);
    await inbox.finish(event);
    expect(await inbox.start([event])).toEqual([{ started: 2, finished: 1 }]);
  });

  it('counts the starts of several events together, and leaves out what was settled', async () => {
    const inbox = new Inbox(db);
    const [one, two, three] = [named('one'), named('two'), named('three')];
    await inbox.start([one, two]);
    await db.asAdmin(`UPDATE inbox SET outcome = 'parked' WHERE event_id = 'one'`);
    expect(await inbox.start([three, one, two])).toEqual([
      { started: 1, finished: 0 },
      undefined,
      { started: 2, finished: 0 },
    ]);
  });

  it('marks each event once, also one that is listed twice', async () => {
    const inbox = new Inbox(db);
    const [one, two] = [named('one'), named('two')];
    await inbox.start([one, two]);
    const mark = (events: (typeof event)[]) => inOrganization(db, 'org_a', (tx) => markHandled(tx, events));
    expect(await mark([one])).toEqual([one]);
    expect(await mark([two, one, two])).toEqual([two]);
  });

  it('counts starts with nothing else in hand until one of them ends', async () => {
    const inbox = new Inbox(db);
    await inbox.start([event]);
    expect(await inbox.startAlone(event)).toBe(1);
    expect(await inbox.startAlone(event)).toBe(2);
    await inbox.finish(event);
    expect(await inbox.startAlone(event)).toBe(1);
    await db.asAdmin(`UPDATE inbox SET outcome = 'handled'`);
    expect(await inbox.startAlone(event)).toBeUndefined();
  });

  it('counts an end later that it could not count while the database was away', async () => {
    const inbox = new Inbox(db);
    await inbox.start([event]);
    const { query } = db.worker;
    db.worker.query = () => Promise.reject(new Error('Connection terminated'));
    await expect(inbox.finish(event)).rejects.toThrow('Connection terminated');
    db.worker.query = query;
    expect(await inbox.start([event])).toEqual([{ started: 2, finished: 1 }]);
  });

  it('forgets what was settled long ago, and only that', async () => {
    const inbox = new Inbox(db);
    await inbox.start(['open', 'old', 'young'].map(named));
    await db.asAdmin(
      `UPDATE inbox SET outcome = 'handled', settled_at = now() - interval '9 days' WHERE event_id = 'old'`,
    );
    await db.asAdmin(`UPDATE inbox SET outcome = 'handled', settled_at = now() WHERE event_id = 'young'`);
    await inbox.prune(8 * 24);
    const left = await db.asAdmin('SELECT event_id FROM inbox ORDER BY 1');
    expect(left.map(({ event_id }) => event_id)).toEqual(['open', 'young']);
  });

  it('forgets any amount in portions', async () => {
    await db.asAdmin(
      `INSERT INTO inbox (topic, event_id, organization_id, outcome, settled_at)
       SELECT $1, n, 'org_a', 'handled', now() - interval '9 days' FROM generate_series(1, 11000) AS n`,
      [event.topic],
    );
    await noteDeletions(db.adminUrl, 'inbox');
    await new Inbox(db).prune(8 * 24);
    expect(await deletionsOf(db.adminUrl)).toEqual([5_000, 5_000, 1_000]);
  });
});
