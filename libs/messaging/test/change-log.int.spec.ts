import { inOrganization } from '@cleanroom/persistence';
import { eventually, serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import { appendChange } from '../src/changes/append-change.js';
import { CursorExpired, encodeCursor, NoCursor } from '../src/changes/change-cursor.js';
import { followChanges, type FollowedChange } from '../src/changes/follow-changes.js';
import { pruneChanges } from '../src/changes/prune-changes.js';
import { currentCursor, readChanges } from '../src/changes/read-changes.js';
import { changeLogMigration } from '../src/migrations.js';
import { deletionsOf, noteDeletions } from './deletions.js';

const AT = new Date('2026-03-02T08:00:00Z');
const range = (length: number): number[] => Array.from({ length }, (_, n) => n);

describe('the change log', () => {
  let db: ServiceDatabase;

  beforeEach(async () => {
    db = await serviceDatabase({ name: 'changes', migrations: [changeLogMigration], poolSize: 20 });
  });
  afterEach(() => db.close());

  const append = (subjectId: string, organizationId = 'org_a', kind = 'runner') =>
    inOrganization(db, organizationId, (tx) =>
      appendChange(tx, { organizationId, kind, subjectId, payload: { subjectId }, at: AT }),
    );

  /** Follows until it has so many changes. */
  async function collect(amount: number, after?: string, kinds = ['runner'], organizationId = 'org_a') {
    const got: FollowedChange[] = [];
    for await (const change of followChanges(db, { organizationId, after, kinds })) {
      got.push(change);
      if (got.length >= amount) break;
    }
    return got;
  }
  const start = encodeCursor('changes', 0n);

  it('has no gap and no duplicate with twenty writers at once, some of which roll back', async () => {
    await Promise.all(
      range(20).map(async (writer) => {
        for (const n of range(10)) {
          const rollBack = (writer + n) % 4 === 0;
          await inOrganization(db, 'org_a', async (tx) => {
            await appendChange(tx, {
              organizationId: 'org_a',
              kind: 'runner',
              subjectId: `${writer}-${n}`,
              payload: {},
              at: AT,
            });
            if (rollBack) throw new Error('rolled back');
          }).catch(() => undefined);
        }
      }),
    );
    const changes = await readChanges(db, 'org_a', 0n, ['runner'], 1_000);
    expect(changes).toHaveLength(150);
    expect(changes.map(({ sequence }) => Number(sequence))).toEqual(range(150).map((n) => n + 1));
  });

  it('delivers what follows a cursor to a reader who reads while twenty write', async () => {
    const reading = collect(200, start);
    await Promise.all(
      range(20).map(async (writer) => {
        for (const n of range(10)) await append(`${writer}-${n}`);
      }),
    );
    const got = await reading;
    expect(new Set(got.map(({ subjectId }) => subjectId)).size).toBe(200);
    expect(got.map(({ cursor }) => cursor)).toEqual(
      range(200).map((n) => encodeCursor('changes', BigInt(n + 1))),
    );
  });

  it('goes on after a cursor without gap or duplicate', async () => {
    for (const n of range(6)) await append(`r${n}`);
    const first = await collect(3, start);
    const rest = await collect(3, first.at(-1)?.cursor);
    expect([...first, ...rest].map(({ subjectId }) => subjectId)).toEqual(range(6).map((n) => `r${n}`));
    expect(rest[0]).toMatchObject({ kind: 'runner', at: AT, payload: { subjectId: 'r3' } });
  });

  it('begins with the present when no cursor is given', async () => {
    await append('before');
    const following = collect(1);
    let heard = false;
    void following.then(() => (heard = true));
    await eventually(async () => {
      await append('after');
      return heard;
    });
    expect((await following)[0]?.subjectId).toBe('after');
  });

  it('gives a cursor to start from that a list and its subscription agree on', async () => {
    await append('listed');
    const cursor = await inOrganization(db, 'org_a', (tx) => currentCursor(tx, 'org_a'));
    expect(await currentCursor(db, 'org_a')).toBe(cursor);
    await append('new');
    expect((await collect(1, cursor))[0]?.subjectId).toBe('new');
  });

  it('delivers the kinds that were asked for, past any number of others', async () => {
    for (const n of range(5)) await append(`p${n}`, 'org_a', 'pool');
    await append('r');
    expect((await collect(1, start)).map(({ subjectId }) => subjectId)).toEqual(['r']);
    expect(await collect(6, start, ['pool', 'runner'])).toHaveLength(6);
  });

  it('counts each organisation for itself and shows it nothing of another', async () => {
    await append('a1');
    await append('b1', 'org_b');
    const [change] = await collect(1, start, ['runner'], 'org_b');
    expect(change).toMatchObject({ subjectId: 'b1', cursor: encodeCursor('changes', 1n) });
  });

  it('is heard by notification, before anybody looks for what was missed', async () => {
    const { query } = db.worker;
    // The looks of the hub find nothing then.
    db.worker.query = () => Promise.reject(new Error('away'));
    try {
      const following = collect(12, start);
      let heard = 0;
      void following.then((changes) => (heard = changes.length));
      await eventually(async () => (await append('r'), heard === 12), { every: 50 });
    } finally {
      db.worker.query = query;
    }
  });

  it('ends a reader who leaves while waiting', async () => {
    const changes = followChanges(db, { organizationId: 'org_a', kinds: ['runner'] });
    const waiting = changes.next();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await changes.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  describe('when old changes were pruned', () => {
    beforeEach(async () => {
      await append('old');
      await append('old too');
      const asOwner = `UPDATE change_log SET logged_at = now() - interval '25 hours'`;
      await db.asAdmin(asOwner);
      await append('young');
      await pruneChanges(db);
    });

    const expired = async (cursor: string) => {
      await expect(collect(1, cursor)).rejects.toThrow(CursorExpired);
    };

    it('refuses a cursor that lies before what is kept', async () => {
      await expired(start);
      await expired(encodeCursor('changes', 1n));
    });

    it('goes on after the last pruned change', async () => {
      expect((await collect(1, encodeCursor('changes', 2n)))[0]?.subjectId).toBe('young');
    });

    it('keeps counting where it was', async () => {
      expect(await currentCursor(db, 'org_a')).toBe(encodeCursor('changes', 3n));
    });

    it('has pruned any amount in portions, and marked up to where', async () => {
      await db.asAdmin(
        `INSERT INTO change_log (organization_id, seq, kind, subject_id, payload, at, logged_at)
         SELECT 'org_a', n, 'runner', 'r', '{}', now(), now() - interval '25 hours' FROM generate_series(4, 11003) AS n`,
      );
      await db.asAdmin('UPDATE change_counter SET last_seq = 11003');
      await noteDeletions(db.adminUrl, 'change_log');
      await pruneChanges(db);
      expect(await deletionsOf(db.adminUrl)).toEqual([5_000, 5_000, 1_000]);
      expect(await db.asAdmin('SELECT pruned_seq FROM change_counter')).toEqual([{ pruned_seq: '11003' }]);
    });

    it('refuses a cursor of the future, which a restored database has forgotten', () =>
      expired(encodeCursor('changes', 99n)));
  });

  it.each([
    ['of another service', encodeCursor('other', 0n)],
    ['with something behind it', `${encodeCursor('changes', 0n)}%`],
    ['of no number', Buffer.from('changes:x').toString('base64url')],
    ['with U+0000', Buffer.from('changes:0\0').toString('base64url')],
    ['that is no text at all', 'hello'],
    ['that is empty', ''],
  ])('does not take for an expired cursor one %s', async (_, cursor) => {
    await expect(collect(1, cursor)).rejects.toThrow(NoCursor);
  });
});
