import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { Turns } from './turns.js';

const LONG = 10_000;

describe('turns', () => {
  it('let work run side by side', async () => {
    const turns = new Turns();
    let release = () => undefined as void;
    const first = turns.together(() => new Promise<void>((resolve) => (release = resolve)));
    expect(await turns.together(async () => 'second')).toBe('second');
    release();
    await first;
  });

  it('leave what asks for it alone, whatever else is asked for, and forget nobody', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), fc.nat(3)), { maxLength: 12 }), async (asked) => {
        const turns = new Turns();
        let inHand = 0;
        let done = 0;
        const work = (alone: boolean, ms: number) => async () => {
          inHand++;
          if (alone) expect(inHand).toBe(1);
          await sleep(ms);
          if (alone) expect(inHand).toBe(1);
          inHand--;
          done++;
          if (ms === 3) throw new Error('of its own');
        };
        await Promise.allSettled(
          asked.map(([alone, ms]) =>
            alone ? turns.alone(LONG, work(true, ms)) : turns.together(work(false, ms)),
          ),
        ).then((results) => {
          const unexpected = results.filter(
            (r) => r.status === 'rejected' && r.reason.message !== 'of its own',
          );
          expect(unexpected).toEqual([]);
        });
        expect(done).toBe(asked.length);
      }),
      { numRuns: 50 },
    );
  });

  it('do not wait for ever for work that is stuck: it then goes on beside it, and says so', async () => {
    const turns = new Turns();
    let release = () => undefined as void;
    const stuck = turns.together(() => new Promise<void>((resolve) => (release = resolve)));
    expect(await turns.alone(20, async (alone) => alone)).toBe(false);
    expect(await turns.together(async () => 'goes on')).toBe('goes on');
    release();
    await stuck;
    expect(await turns.alone(LONG, async (alone) => alone)).toBe(true);
  });
});
