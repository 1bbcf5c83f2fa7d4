import fc from 'fast-check';
import { faultOrder, type FaultMode } from './fault-order.js';
import { Faults } from './faults.js';
import { problemsOf } from './problems-of.js';

const modes: Record<string, readonly FaultMode[]> = {
  '*': ['fail', 'delay'],
  create_server: ['fail', 'reset', 'delay'],
  get_server: ['fail'],
  webhook: ['lose_answer', 'double'],
};
const schema = faultOrder((operation) => modes[operation] ?? []);
const orderOf = (more: object) => schema.parse({ operation: 'create_server', mode: 'fail', ...more });
const struck = (faults: Faults, operation: string, calls: number): number =>
  Array.from({ length: calls }, () => faults.strike(operation)).filter(Boolean).length;

describe('an injected fault', () => {
  it('strikes the operation that it names, or every one but webhooks', () => {
    const faults = new Faults();
    faults.inject(orderOf({}));
    expect(faults.strike('create_server')?.mode).toBe('fail');
    expect(faults.strike('get_server')).toBeUndefined();
    faults.inject(orderOf({ operation: '*', mode: 'delay' }));
    expect(faults.strike('get_server')?.mode).toBe('delay');
    expect(faults.strike('webhook')).toBeUndefined();
  });

  it('strikes no more often than it was told', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 40 }), (times, calls) => {
        const faults = new Faults();
        faults.inject(orderOf({ times }));
        expect(struck(faults, 'create_server', calls)).toBe(Math.min(times, calls));
      }),
    );
  });

  it('is not spent by a call that it is not wanted for', () => {
    const faults = new Faults();
    faults.inject(orderOf({ times: 1 }));
    expect(faults.strike('create_server', ({ mode }) => mode === 'reset')).toBeUndefined();
    expect(faults.strike('create_server')?.mode).toBe('fail');
  });

  it('strikes at its rate, and the same calls again under the same seed', () => {
    const pattern = (seed: number): boolean[] => {
      const faults = new Faults();
      faults.inject(orderOf({ rate: 0.3, seed }));
      return Array.from({ length: 2_000 }, () => faults.strike('create_server') !== undefined);
    };
    expect(pattern(7)).toEqual(pattern(7));
    expect(pattern(7)).not.toEqual(pattern(8));
    const share = pattern(7).filter(Boolean).length / 2_000;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.35);
  });

  it('strikes together with others where all count', () => {
    const faults = new Faults();
    faults.inject(orderOf({ operation: 'webhook', mode: 'double', times: 1 }));
    faults.inject(orderOf({ operation: 'webhook', mode: 'lose_answer' }));
    expect(faults.strikeAll('webhook').map(({ mode }) => mode)).toEqual(['double', 'lose_answer']);
    expect(faults.strikeAll('webhook').map(({ mode }) => mode)).toEqual(['lose_answer']);
  });

  it('strikes no more once it is taken away', () => {
    const faults = new Faults();
    const id = faults.inject(orderOf({}));
    faults.inject(orderOf({ mode: 'delay' }));
    faults.clear(id);
    expect(faults.strike('create_server')?.mode).toBe('delay');
    faults.clear();
    expect(faults.strike('create_server')).toBeUndefined();
  });

  it.each<[object, string]>([
    [{ mode: 'explode' }, 'mode: '],
    [{ mode: undefined }, 'mode: '],
    [{ operation: undefined }, 'operation: '],
    [{ operation: 'make_server' }, 'operation: there is no operation "make_server"'],
    [{ operation: 'get_server', mode: 'reset' }, 'mode: "reset" cannot happen to "get_server": fail can'],
    [{ rate: 2 }, 'rate: '],
    [{ times: 0 }, 'times: '],
    [{ times: 'once' }, 'times: '],
    [{ typo: 1 }, 'typo: there is no such field'],
  ])('is refused as %j, by the name of the field', (wrong, problem) => {
    const { error } = schema.safeParse({ operation: 'create_server', mode: 'fail', ...wrong });
    expect(error && problemsOf(error)).toContain(problem);
  });

  it('holds an answer back until its time is over or all faults are taken away', async () => {
    const faults = new Faults();
    await faults.delay({ ms: 1 });
    const held = faults.delay({ ms: 3_600_000 });
    faults.clear();
    await held;
  });
});
