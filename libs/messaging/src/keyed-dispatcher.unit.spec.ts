import fc from 'fast-check';
import { KeyedDispatcher } from './keyed-dispatcher.js';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('a keyed dispatcher', () => {
  it('keeps the order of each key and the limit, whatever comes in', async () => {
    const tasks = fc.array(
      fc.record({ key: fc.constantFrom('a', 'b', 'c'), turns: fc.nat(3), fails: fc.boolean() }),
      {
        maxLength: 30,
      },
    );
    await fc.assert(
      fc.asyncProperty(tasks, fc.integer({ min: 1, max: 5 }), async (list, limit) => {
        const dispatcher = new KeyedDispatcher(limit);
        const ended: { key: string; place: number }[] = [];
        const running = new Set<string>();
        for (const [place, { key, turns, fails }] of list.entries()) {
          await dispatcher.room();
          expect(dispatcher.free).toBeGreaterThan(0);
          dispatcher.dispatch(key, async () => {
            expect(running.has(key)).toBe(false);
            running.add(key);
            for (let n = 0; n < turns; n++) await turn();
            running.delete(key);
            ended.push({ key, place });
            if (fails) throw new Error('a task settles its own failure');
          });
        }
        await dispatcher.idle();
        expect(ended).toHaveLength(list.length);
        expect(dispatcher.free).toBe(limit);
        for (const key of ['a', 'b', 'c']) {
          const places = ended.filter((e) => e.key === key).map(({ place }) => place);
          expect(places).toEqual([...places].sort((x, y) => x - y));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('runs different keys side by side', async () => {
    const dispatcher = new KeyedDispatcher(2);
    let release: () => void = () => undefined;
    dispatcher.dispatch('slow', () => new Promise((resolve) => (release = resolve)));
    let quick = false;
    dispatcher.dispatch('quick', async () => void (quick = true));
    await dispatcher.room();
    expect(quick).toBe(true);
    release();
    await dispatcher.idle();
  });

  it('refuses more than it may hold', () => {
    const dispatcher = new KeyedDispatcher(1);
    dispatcher.dispatch('a', () => new Promise(() => undefined));
    expect(() => dispatcher.dispatch('b', async () => undefined)).toThrow(RangeError);
    expect(() => new KeyedDispatcher(0)).toThrow(RangeError);
  });
});
