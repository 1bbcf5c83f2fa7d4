import fc from 'fast-check';
import { planRewind } from './plan-rewind.js';

const position = (first: number, next: number, end: number, partition = 0) => ({
  topic: 't',
  partition,
  first: BigInt(first),
  next: BigInt(next),
  end: BigInt(end),
});

describe('the plan of a rewind', () => {
  it('goes to the oldest message that is kept unless a place is named', () => {
    expect(planRewind([position(3, 10, 12)])).toEqual([{ topic: 't', partition: 0, offset: 3n, from: 10n }]);
  });

  it('leaves out partitions that stand there already, and those of which no place is named', () => {
    expect(planRewind([position(3, 3, 12)])).toEqual([]);
    expect(planRewind([position(0, 5, 5)], [{ topic: 't', partition: 1, offset: 2n }])).toEqual([]);
  });

  it('never skips a message and never names one that is gone', () => {
    const numbers = fc.tuple(fc.nat(50), fc.nat(50), fc.nat(50), fc.nat(150));
    fc.assert(
      fc.property(numbers, ([first, ahead, waiting, wanted]) => {
        const at = position(first, first + ahead, first + ahead + waiting);
        for (const step of planRewind([at], [{ topic: 't', partition: 0, offset: BigInt(wanted) }])) {
          expect(step.offset).toBeLessThan(at.next);
          expect(step.offset).toBeGreaterThanOrEqual(at.first);
          expect(step.offset === BigInt(wanted) || wanted < first).toBe(true);
        }
      }),
    );
  });
});
