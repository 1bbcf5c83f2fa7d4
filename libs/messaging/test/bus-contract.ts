import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@cleanroom/testing';
import type { EventBus } from '../src/event-bus.js';
import { message, numberOf, PATIENT, range, Seen, TOPIC, type BusUnderTest } from './bus-under-test.js';

/** What every adapter of the bus must do; run by each adapter's own spec. */
export function busContract(name: string, makeBus: () => Promise<BusUnderTest>): void {
  describe(`the bus: ${name}`, () => {
    let under: BusUnderTest;
    let bus: EventBus;

    beforeEach(async () => {
      under = await makeBus();
      bus = await under.open('first');
      await bus.ensureTopics([TOPIC]);
    });
    afterEach(() => under.close());

    it('keeps the order of a key while different keys go side by side', async () => {
      const seen = new Seen();
      let running = 0;
      let most = 0;
      await bus.subscribe({
        group: 'a',
        topics: [TOPIC],
        handle: async (m) => {
          most = Math.max(most, ++running);
          await sleep(numberOf(m) % 3);
          running--;
          await seen.take(m);
        },
      });
      const keys = range(10).map((n) => `key-${n}`);
      for (const n of range(20)) await bus.publish(keys.map((key) => message(key, n)));
      await eventually(() => seen.all.length >= 200, PATIENT);
      for (const key of keys) expect(seen.numbers(key)).toEqual(range(20));
      expect(most).toBeGreaterThan(1);
    });

    it('keeps the order within one publication', async () => {
      const seen = new Seen();
      await bus.publish(range(100).map((n) => message('one', n)));
      await bus.subscribe({ group: 'a', topics: [TOPIC], handle: seen.take });
      await eventually(() => seen.all.length >= 100, PATIENT);
      expect(seen.numbers('one')).toEqual(range(100));
    });

    it('loses nothing and repeats nothing when many publish at once', async () => {
      const seen = new Seen();
      await bus.subscribe({ group: 'a', topics: [TOPIC], handle: seen.take });
      const publishers = await Promise.all(range(4).map((n) => under.open(`publisher-${n}`)));
      await Promise.all(
        publishers.map(async (publisher, p) => {
          for (const n of range(25))
            await publisher.publish([message(`p${p}-${n % 5}`, n), message(`q${p}`, n)]);
        }),
      );
      await eventually(() => seen.all.length >= 200, PATIENT);
      expect(new Set(seen.ids()).size).toBe(200);
      expect(seen.all).toHaveLength(200);
    });

    it('hands headers, key and bytes on as they were', async () => {
      const seen = new Seen();
      await bus.subscribe({ group: 'a', topics: [TOPIC], handle: seen.take });
      const payload = Uint8Array.from(range(256));
      await bus.publish([
        { topic: TOPIC, key: 'ключ', headers: { 'ce-id': '1', note: 'grüß "dich"' }, payload },
      ]);
      const [got] = await eventually(() => (seen.all.length > 0 ? seen.all : false), PATIENT);
      expect(got).toMatchObject({ topic: TOPIC, key: 'ключ', headers: { note: 'grüß "dich"' }, attempt: 1 });
      expect([...(got?.payload ?? [])]).toEqual([...payload]);
    });

    it('refuses a topic that nobody made', async () => {
      await expect(bus.publish([message('k', 1, 'cleanroom.test.unknown.v1')])).rejects.toThrow();
    });

    it('gives every group all messages, also a group that comes late', async () => {
      const [early, late] = [new Seen(), new Seen()];
      await bus.subscribe({ group: 'early', topics: [TOPIC], handle: early.take });
      await bus.publish(range(10).map((n) => message('k', n)));
      await eventually(() => early.all.length >= 10, PATIENT);
      await bus.subscribe({ group: 'late', topics: [TOPIC], handle: late.take });
      await eventually(() => late.all.length >= 10, PATIENT);
      expect(late.numbers('k')).toEqual(range(10));
      expect(early.all).toHaveLength(10);
    });

    it('shares the work of a group among its members', async () => {
      const other = await under.open('second');
      const [one, two] = [new Seen(), new Seen()];
      await bus.subscribe({ group: 'a', topics: [TOPIC], handle: one.take });
      await other.subscribe({ group: 'a', topics: [TOPIC], handle: two.take });
      let n = 0;
      await eventually(async () => {
        await bus.publish(range(40).map((k) => message(`key-${k}`, n)));
        n++;
        return one.all.length > 0 && two.all.length > 0;
      }, PATIENT);
      await eventually(() => new Set([...one.ids(), ...two.ids()]).size === 40 * n, PATIENT);
    });

    it('goes on where it stopped, after a restart', async () => {
      const [before, after] = [new Seen(), new Seen()];
      const subscription = await bus.subscribe({ group: 'a', topics: [TOPIC], handle: before.take });
      await bus.publish(range(10).map((n) => message('k', n)));
      await eventually(() => before.all.length >= 10, PATIENT);
      await subscription.stop();
      await bus.publish([message('k', 10)]);
      await bus.subscribe({ group: 'a', topics: [TOPIC], handle: after.take });
      await eventually(() => after.all.length >= 1, PATIENT);
      await sleep(200);
      expect(after.numbers('k')).toEqual([10]);
    });

    it('brings a message again that could not be tried, before the next of its key', async () => {
      const seen = new Seen();
      const attempts: number[] = [];
      await bus.subscribe({
        group: 'a',
        topics: [TOPIC],
        handle: async (m) => {
          if (numberOf(m) === 0) attempts.push(m.attempt);
          if (numberOf(m) === 0 && attempts.length < 3) throw new Error('the database is away');
          await seen.take(m);
        },
      });
      await bus.publish([message('k', 0), message('k', 1), message('other', 5)]);
      await eventually(() => seen.all.length >= 3, PATIENT);
      expect(seen.numbers('k')).toEqual([0, 1]);
      expect(attempts).toHaveLength(3);
    });

    it('lets other keys go on while one key waits', async () => {
      const seen = new Seen();
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      await bus.subscribe({
        group: 'a',
        topics: [TOPIC],
        handle: async (m) => {
          if (m.key === 'stuck') await held;
          await seen.take(m);
        },
      });
      await bus.publish([message('stuck', 0), ...range(50).map((n) => message(`key-${n}`, n))]);
      await eventually(() => seen.all.length >= 50, PATIENT);
      expect(seen.numbers('stuck')).toEqual([]);
      release();
      await eventually(() => seen.numbers('stuck').length === 1, PATIENT);
    });

    it('holds no more messages than it may, however slow the consumer', async () => {
      let inHand = 0;
      let most = 0;
      let done = 0;
      await bus.publish(range(120).map((n) => message(`key-${n % 40}`, n)));
      await bus.subscribe({
        group: 'a',
        topics: [TOPIC],
        maxInFlight: 5,
        handle: async () => {
          most = Math.max(most, ++inHand);
          await sleep(2);
          inHand--;
          done++;
        },
      });
      await eventually(() => done >= 120, PATIENT);
      expect(most).toBeLessThanOrEqual(5);
      expect(most).toBeGreaterThan(1);
    });

    it('finishes what is in hand when it stops, and begins nothing more', async () => {
      const seen = new Seen();
      let begun = 0;
      const subscription = await bus.subscribe({
        group: 'a',
        topics: [TOPIC],
        maxInFlight: 4,
        handle: async (m) => {
          begun++;
          await sleep(100);
          await seen.take(m);
        },
      });
      await bus.publish(range(40).map((n) => message(`key-${n}`, n)));
      await eventually(() => begun > 0, PATIENT);
      await subscription.stop();
      const atStop = begun;
      expect(seen.all).toHaveLength(atStop);
      expect(atStop).toBeLessThan(40);
      const rest = new Seen();
      await bus.subscribe({ group: 'a', topics: [TOPIC], handle: rest.take });
      await eventually(() => rest.all.length >= 40 - atStop, PATIENT);
      expect(new Set([...seen.ids(), ...rest.ids()]).size).toBe(40);
      expect(rest.all).toHaveLength(40 - atStop);
    });

    it('is healthy while it can be reached', () => {
      expect(bus.healthy()).toBe(true);
    });
  });
}
