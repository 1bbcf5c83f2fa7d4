import fc from 'fast-check';
import { OffsetTracker } from './offset-tracker.js';

describe('an offset tracker', () => {
  it('commits exactly what everything before has ended, in whatever order it ends', () => {
    const order = fc
      .integer({ min: 1, max: 20 })
      .chain((n) => fc.shuffledSubarray([...Array(n).keys()], { minLength: n }));
    fc.assert(
      fc.property(order, fc.nat(1000), (ends, first) => {
        const tracker = new OffsetTracker(BigInt(first));
        for (let n = 0; n < ends.length; n++) tracker.begin(BigInt(first + n));
        const ended = new Set<number>();
        for (const end of ends) {
          const before = tracker.committable;
          const moved = tracker.done(BigInt(first + end));
          ended.add(end);
          let expected = 0;
          while (ended.has(expected)) expected++;
          expect(tracker.committable).toBe(BigInt(first + expected));
          expect(moved).toBe(tracker.committable !== before);
        }
        expect(tracker.open).toBe(0);
      }),
    );
  });

  it('commits beyond offsets that are no longer there', () => {
    const tracker = new OffsetTracker(0n);
    tracker.begin(7n);
    tracker.done(7n);
    expect(tracker.committable).toBe(8n);
  });
});
