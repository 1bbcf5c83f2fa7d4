import fc from 'fast-check';
import { canPlace, chooseServerType, soldOutUntil } from './placement.js';

const now = new Date('2026-11-23T09:00:00Z');
const types = ['cx23', 'cpx22', 'ccx13'];
const soldOut = fc.array(
  fc.record({
    serverType: fc.constantFrom(...types),
    location: fc.constantFrom('fsn1', 'nbg1'),
    until: fc.integer({ min: -600, max: 600 }).map((seconds) => new Date(now.getTime() + seconds * 1000)),
  }),
);

describe('placement', () => {
  it("takes the first of the customer's types that may be had, and none that is sold out", () => {
    fc.assert(
      fc.property(soldOut, (entries) => {
        const closed = (type: string) =>
          entries.some((one) => one.serverType === type && one.location === 'fsn1' && one.until > now);
        expect(chooseServerType(types, 'fsn1', entries, now)).toBe(types.find((type) => !closed(type)));
      }),
    );
  });

  it('opens again by itself: some time after now, everything may be tried once more', () => {
    fc.assert(
      fc.property(soldOut, (entries) => {
        fc.pre(!canPlace(types, 'fsn1', entries, now));
        const until = soldOutUntil(types, 'fsn1', entries, now);
        expect(until.getTime()).toBeGreaterThan(now.getTime());
        expect(canPlace(types, 'fsn1', entries, until)).toBe(true);
      }),
    );
  });

  it('is told apart by location', () => {
    const entries = [{ serverType: 'cx23', location: 'nbg1', until: new Date(now.getTime() + 1) }];
    expect(chooseServerType(['cx23'], 'fsn1', entries, now)).toBe('cx23');
    expect(chooseServerType(['cx23'], 'nbg1', entries, now)).toBeUndefined();
  });
});
