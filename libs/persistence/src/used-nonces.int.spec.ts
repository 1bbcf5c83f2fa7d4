import { jest } from '@jest/globals';
import { eventually, serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import { usedNoncesMigration } from './used-nonces-migration.js';
import { UsedNonces } from './used-nonces.js';

describe('a nonce', () => {
  let db: ServiceDatabase;
  let replicas: [UsedNonces, UsedNonces];

  beforeAll(async () => {
    db = await serviceDatabase({ name: 'nonces', migrations: [usedNoncesMigration] });
  });
  beforeEach(() => {
    replicas = [new UsedNonces(db), new UsedNonces(db)];
  });
  afterAll(() => db.close());

  it('is used once, whichever replica it is shown to', async () => {
    const [here, there] = replicas;
    expect(await here.use('a')).toBe(true);
    expect(await there.use('a')).toBe(false);
    expect(await here.use('a')).toBe(false);
    expect(await there.use('b')).toBe(true);
  });

  it('is used once where many are shown to both replicas at the same time, each twice, in any order', async () => {
    const names = Array.from({ length: 200 }, (_, n) => `many ${n}`);
    const shown = replicas.flatMap((replica) =>
      [...names, ...names.toReversed()].map(async (nonce) => ((await replica.use(nonce)) ? [nonce] : [])),
    );
    expect((await Promise.all(shown)).flat().sort()).toEqual([...names].sort());
  });

  it('is forgotten once nothing from its time can be good any more, and not before', async () => {
    const [here, there] = replicas;
    await db.asAdmin(`INSERT INTO used_nonce VALUES ('old', now() - interval '121 seconds'),
      ('young', now() - interval '115 seconds')`);
    expect(await here.use('old')).toBe(false);
    const later = performance.now() + 31_000;
    const clock = jest.spyOn(performance, 'now').mockReturnValue(later);
    await here.use('another');
    clock.mockRestore();
    expect([await there.use('old'), await there.use('young')]).toEqual([true, false]);
  });

  it('is not kept waiting by a connection that has fallen silent', async () => {
    let asked = 0;
    const query = (sql: string, parameters: unknown[]): Promise<unknown> =>
      ++asked === 1 ? new Promise(() => undefined) : db.app.query(sql, parameters);
    const replica = new UsedNonces({ app: Object.assign(Object.create(db.app) as typeof db.app, { query }) });
    void replica.use('silent');
    await eventually(() => expect(asked).toBe(1));
    expect(await replica.use('another one')).toBe(true);
  });

  it('that could not be noted is refused with the error, and the next is noted again', async () => {
    const [here] = replicas;
    await db.asAdmin('ALTER TABLE used_nonce RENAME TO away');
    await expect(here.use('c')).rejects.toThrow('used_nonce');
    await db.asAdmin('ALTER TABLE away RENAME TO used_nonce');
    expect(await here.use('d')).toBe(true);
  });
});
