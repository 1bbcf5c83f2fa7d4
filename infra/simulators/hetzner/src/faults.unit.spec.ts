import fc from 'fast-check';
import { faultOrder, Faults, type Call } from './faults.js';

const order: Call = { method: 'POST', path: '/servers', operation: 'create_server' };
const reading: Call = { method: 'GET', path: '/servers/42', operation: 'get_server' };
const struck = (faults: Faults, call: Call, times: number): number =>
  Array.from({ length: times }, () => faults.strike(call)).filter(Boolean).length;

describe('an injected fault', () => {
  it('strikes every call where it matches all', () => {
    const faults = new Faults();
    faults.inject(faultOrder.parse({ kind: 'reset' }));
    expect([faults.strike(order)?.kind, faults.strike(reading)?.kind]).toEqual(['reset', 'reset']);
  });

  it.each([{ method: 'post' }, { operation: 'create_server' }, { path: '^/servers$' }])(
    'strikes only what %j matches',
    (match) => {
      const faults = new Faults();
      faults.inject(faultOrder.parse({ match, kind: 'fail' }));
      expect(faults.strike(order)?.kind).toBe('fail');
      expect(faults.strike(reading)).toBeUndefined();
    },
  );

  it('strikes no more often than it was told', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 40 }), (count, calls) => {
        const faults = new Faults();
        faults.inject(faultOrder.parse({ kind: 'fail', count }));
        expect(struck(faults, order, calls)).toBe(Math.min(count, calls));
      }),
    );
  });

  it('strikes at its rate, and the same calls again under the same seed', () => {
    const pattern = (seed: number): boolean[] => {
      const faults = new Faults();
      faults.inject(faultOrder.parse({ kind: 'fail', rate: 0.3, seed }));
      return Array.from({ length: 2_000 }, () => faults.strike(order) !== undefined);
    };
    expect(pattern(7)).toEqual(pattern(7));
    expect(pattern(7)).not.toEqual(pattern(8));
    const share = pattern(7).filter(Boolean).length / 2_000;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.35);
  });

  it('strikes no more once it is taken away', () => {
    const faults = new Faults();
    const id = faults.inject(faultOrder.parse({ kind: 'fail' }));
    faults.inject(faultOrder.parse({ kind: 'delay' }));
    faults.clear(id);
    expect(faults.strike(order)?.kind).toBe('delay');
    faults.clear();
    expect(faults.strike(order)).toBeUndefined();
  });

  it.each([
    { kind: 'explode' },
    { kind: 'fail', rate: 2 },
    { kind: 'fail', match: { path: '(' } },
    { kind: 'fail', typo: 1 },
  ])('is refused as %j', (wrong) => {
    expect(faultOrder.safeParse(wrong).success).toBe(false);
  });

  it('holds an answer back until its time is over or all faults are taken away', async () => {
    const faults = new Faults();
    await faults.delay({ delayMs: 1 });
    const held = faults.delay({ delayMs: 3_600_000 });
    faults.clear();
    await held;
  });
});
