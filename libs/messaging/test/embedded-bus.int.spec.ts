import { setTimeout as sleep } from 'node:timers/promises';
import { topics } from '@cleanroom/contracts';
import { prepareDatabase } from '@cleanroom/persistence';
import { eventually, runOnce, startPostgresServer, startTestBus, type TestBus } from '@cleanroom/testing';
import { lagOf } from '../src/bus-operator.js';
import { EmbeddedBus } from '../src/embedded/embedded-bus.js';
import { GroupClaims } from '../src/embedded/group-claims.js';
import type { BusMessage } from '../src/event-bus.js';
import pg from 'pg';
import { busContract } from './bus-contract.js';
import { deletionsOf, noteDeletions } from './deletions.js';
import { operatorContract } from './operator-contract.js';

busContract('embedded in PostgreSQL', startTestBus);
operatorContract('embedded in PostgreSQL', startTestBus, { leavesAtOnce: true });

const TOPIC = 'cleanroom.test.thing.v1';
const message = (key: string, id: string): BusMessage => ({
  topic: TOPIC,
  key,
  headers: { 'ce-id': id },
  payload: new Uint8Array(),
});

describe('the embedded bus', () => {
  let testBus: TestBus;
  let pool: pg.Pool;

  beforeEach(async () => {
    testBus = await startTestBus();
    pool = new pg.Pool({ connectionString: testBus.url, max: 2 });
  });
  afterEach(async () => {
    await pool.end();
    await testBus.close();
  });

  const openBus = (keptHours?: number) =>
    EmbeddedBus.open(testBus.url, { clientId: 'quick', pollMilliseconds: 100, keptHours });

  it('gives the partitions of a dead member to the others once its leases ran out', async () => {
    const bus = await openBus();
    await bus.ensureTopics([TOPIC]);
    // A member that takes everything and is never heard of again.
    const dead = new GroupClaims(pool, 'a', 'dead', [TOPIC], 1);
    await dead.join();
    await dead.renew();
    const leasedAt = performance.now();
    expect(await dead.take(8)).toHaveLength(8);
    const seen: string[] = [];
    await bus.subscribe({ group: 'a', topics: [TOPIC], handle: async ({ key }) => void seen.push(key) });
    await bus.publish(Array.from({ length: 50 }, (_, n) => message(`key-${n}`, `${n}`)));
    await eventually(() => seen.length === 50);
    expect(performance.now() - leasedAt).toBeGreaterThan(900);
    await bus.close();
  });

  it('finds a message among more partitions than are read at once, without waiting for the next poll', async () => {
    const rarely = { leaseSeconds: 600, pollMilliseconds: 600_000 };
    const bus = await EmbeddedBus.open(testBus.url, { clientId: 'slow', ...rarely });
    const topics = Array.from({ length: 6 }, (_, n) => `${TOPIC}${n}`);
    await bus.ensureTopics(topics);
    await bus.publish(topics.map((topic, n) => ({ ...message(`key-${n}`, `${n}`), topic })));
    const seen: string[] = [];
    const handle = async ({ key }: BusMessage) => void seen.push(key);
    await bus.subscribe({ group: 'a', topics, handle, maxInFlight: 4 });
    await eventually(() => seen.length === topics.length);
    await bus.close();
  });

  it('saves nothing of a member whose partition was taken over', async () => {
    const bus = await openBus();
    await bus.ensureTopics([TOPIC]);
    const stale = new GroupClaims(pool, 'a', 'stale', [TOPIC], 0);
    await stale.join();
    const [claim] = await stale.take(1);
    if (!claim) throw new Error('nothing was taken');
    const fresh = new GroupClaims(pool, 'a', 'fresh', [TOPIC], 60);
    await eventually(async () => (await fresh.take(8)).length > 0);
    await stale.commit([{ ...claim, committed: 5n }]);
    const { rows } = await pool.query('SELECT 1 FROM bus_claim WHERE committed > 0');
    expect(rows).toEqual([]);
    await bus.close();
  });

  it('numbers the messages of a partition without a gap, also when publications fail', async () => {
    const bus = await openBus();
    await bus.ensureTopics([TOPIC]);
    await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        await bus.publish([message('one', `${n}`)]);
        await expect(
          bus.publish([message('one', 'x'), { ...message('one', 'y'), topic: 'unknown' }]),
        ).rejects.toThrow();
      }),
    );
    const { rows } = await pool.query('SELECT message_offset::int AS n FROM bus_message ORDER BY 1');
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    await bus.close();
  });

  it('forgets old messages and goes on with those that are left', async () => {
    const bus = await openBus(24);
    await bus.ensureTopics([TOPIC]);
    await bus.publish([message('k', 'old'), message('k', 'old too')]);
    await pool.query(`UPDATE bus_message SET published_at = now() - interval '25 hours'`);
    await bus.publish([message('k', 'young')]);
    await bus.prune();
    const seen: string[] = [];
    await bus.subscribe({
      group: 'a',
      topics: [TOPIC],
      handle: async ({ headers }) => void seen.push(headers['ce-id'] ?? ''),
    });
    await eventually(() => seen.length > 0);
    expect(seen).toEqual(['young']);
    await eventually(
      async () => (await pool.query('SELECT 1 FROM bus_claim WHERE committed = 3')).rowCount === 1,
    );
    await bus.close();
  });
});

describe('the log of the embedded bus', () => {
  let testBus: TestBus;
  beforeEach(async () => {
    testBus = await startTestBus();
  });
  afterEach(() => testBus.close());

  it('keeps the last of each key for good where a topic says so, and hands it to who comes later', async () => {
    const bus = await EmbeddedBus.open(testBus.url, { clientId: 'old', keptHours: 24 });
    const [state, stream] = [topics.pool.name, topics.machine.name];
    await bus.ensureTopics([state, stream]);
    for (const topic of [state, stream])
      await bus.publish(['1', '2'].map((id) => ({ ...message('k', `${topic} ${id}`), topic })));
    await bus.publish([{ ...message('other', `${state} 3`), topic: state }]);
    await runOnce(testBus.url, `UPDATE bus_message SET published_at = now() - interval '25 hours'`);
    await bus.prune();
    const seen: string[] = [];
    const handle = async ({ headers }: BusMessage) => void seen.push(headers['ce-id'] ?? '');
    await bus.subscribe({ group: 'late', topics: [state, stream], handle });
    await eventually(() => seen.length >= 2);
    expect(seen.sort()).toEqual([`${state} 2`, `${state} 3`]);
    const left = async () => (await bus.operator.positions('late', [state, stream])).map(lagOf);
    await eventually(async () => expect(new Set(await left())).toEqual(new Set([0])));
    await bus.close();
  });
});

describe('the log of the embedded bus, with many keys', () => {
  it('still forgets what is not the last of its key, within the time that a statement has', async () => {
    const testBus = await startTestBus();
    const bus = await EmbeddedBus.open(testBus.url, { clientId: 'old', keptHours: 24 });
    await bus.ensureTopics([topics.pool.name]);
    await runOnce(
      testBus.url,
      `INSERT INTO bus_message SELECT $1, 0, n, 'k' || n % 60000, '{}', '', now() - interval '25 hours'
       FROM generate_series(0, 60000) AS n`,
      [topics.pool.name],
    );
    await bus.prune();
    const left = `SELECT count(*)::int AS all, min(message_offset)::int AS first FROM bus_message`;
    expect(await runOnce(testBus.url, left)).toEqual([{ all: 60_000, first: 1 }]);
    await bus.close();
    await testBus.close();
  });
});

describe('the log of the embedded bus, after a flood', () => {
  it.each([
    ['all', TOPIC, 0],
    ['all but the last of each key', topics.pool.name, 7],
  ])('forgets %s of what is old, in portions', async (_, topic, left) => {
    const testBus = await startTestBus();
    const bus = await EmbeddedBus.open(testBus.url, { clientId: 'old', keptHours: 24 });
    await bus.ensureTopics([topic]);
    await runOnce(
      testBus.url,
      `INSERT INTO bus_message SELECT $1, 3, n, 'k' || n % 7, '{}', '', now() - interval '25 hours'
       FROM generate_series(1, $2::int) AS n`,
      [topic, 11_000 + left],
    );
    await noteDeletions(testBus.url, 'bus_message');
    await bus.prune();
    expect(await deletionsOf(testBus.url)).toEqual([5_000, 5_000, 1_000]);
    await bus.close();
    await testBus.close();
  });
});

describe('the embedded bus, when its database is killed', () => {
  it('says that it is not healthy, and goes on where it was once the database is back', async () => {
    const server = await startPostgresServer();
    const { ownerUrl } = await prepareDatabase({
      adminUrl: server.adminUrl,
      name: 'bus',
      passwords: { owner: 'owner', app: 'app', worker: 'worker' },
    });
    const bus = await EmbeddedBus.open(ownerUrl, {
      clientId: 'test',
      leaseSeconds: 1,
      pollMilliseconds: 100,
    });
    try {
      await bus.ensureTopics([TOPIC]);
      const seen = new Set<string>();
      await bus.subscribe({
        group: 'a',
        topics: [TOPIC],
        handle: async ({ headers }) => void seen.add(headers['ce-id'] ?? ''),
      });
      await bus.publish([message('k', 'before')]);
      await eventually(() => seen.has('before'));
      server.kill();
      await eventually(() =>
        bus.publish([message('k', 'perhaps')]).then(
          () => false,
          () => true,
        ),
      );
      // For longer than its leases last.
      for (const until = performance.now() + 2_000; performance.now() < until; await sleep(20))
        expect(bus.healthy()).toBe(false);
      await server.restart();
      await eventually(() => bus.publish([message('k', 'after')]).then(() => true));
      await eventually(() => seen.has('after'));
      await eventually(() => bus.healthy());
    } finally {
      await bus.close();
      await server.stop();
    }
  });
});
