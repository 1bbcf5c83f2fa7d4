import { topics } from '@cleanroom/contracts';
import { silentLog } from '@cleanroom/kernel';
import { serviceDatabase, type ServiceDatabase } from '@cleanroom/testing';
import { consumer } from '../src/consumer.js';
import { listDeadLetters } from '../src/dead-letters.js';
import { EventHandler } from '../src/event-handler.js';
import { messagingMigrations } from '../src/migrations.js';
import { messageOf } from './message-of.js';
import { CreateEffect, writeEffect, type Handler } from './write-effect.js';

const keys = Array.from({ length: 40 }, (_, n) => `hp_${n}`);

describe('events that are in hand at once', () => {
  let db: ServiceDatabase;

  beforeEach(async () => {
    db = await serviceDatabase({ name: 'shared', migrations: [...messagingMigrations, CreateEffect] });
  });
  afterEach(() => db.close());

  const handleAll = (handle: Handler, organizationOf = (_key: string) => 'org_a'): Promise<string[]> => {
    const { signal } = new AbortController();
    const handler = new EventHandler({ db, log: silentLog, retryDelays: [1, 1], mostTimeouts: 1, signal });
    const effect = consumer(topics.hetznerProject, handle);
    return Promise.all(keys.map((key) => handler.handle(effect, messageOf(key, organizationOf(key)))));
  };

  const effects = () =>
    db.asAdmin('SELECT key, organization_id, xmin::text AS transaction FROM effect ORDER BY place');
  const countTransactions = (rows: Record<string, unknown>[]) =>
    new Set(rows.map(({ transaction }) => transaction)).size;

  it('share transactions, and each has its effect once', async () => {
    expect(await handleAll(writeEffect)).toEqual(keys.map(() => 'handled'));
    const written = await effects();
    expect(written.map(({ key }) => key).sort()).toEqual([...keys].sort());
    expect(countTransactions(written)).toBeLessThan(keys.length / 2);
    expect(await handleAll(writeEffect)).toEqual(keys.map(() => 'duplicate'));
    expect(await effects()).toEqual(written);
  });

  it('never share one with those of another organisation', async () => {
    await handleAll(writeEffect, (key) => (key.endsWith('3') ? 'org_b' : 'org_a'));
    const written = await effects();
    const organizations = new Map<unknown, Set<unknown>>();
    for (const { transaction, organization_id: own } of written)
      organizations.set(transaction, (organizations.get(transaction) ?? new Set()).add(own));
    expect(written).toHaveLength(keys.length);
    expect([...organizations.values()].every(({ size }) => size === 1)).toBe(true);
  });

  it('suffer nothing from one among them that fails: it is tried again, and parked, by itself', async () => {
    let failures = 0;
    const outcomes = await handleAll(async (tx, event) => {
      await writeEffect(tx, event);
      if (event.key === 'hp_7') throw new Error('never');
      // A statement that fails ends the transaction for all that share it.
      if (event.key === 'hp_30' && failures++ < 2) await tx.query('SELECT 1/0');
    });
    expect(outcomes).toEqual(keys.map((key) => (key === 'hp_7' ? 'parked' : 'handled')));
    expect((await effects()).map(({ key }) => key).sort()).toEqual(
      keys.filter((key) => key !== 'hp_7').sort(),
    );
    expect(await listDeadLetters(db)).toMatchObject([{ key: 'hp_7', reason: 'failed' }]);
  });
});
