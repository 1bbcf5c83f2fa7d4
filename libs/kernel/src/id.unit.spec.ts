import fc from 'fast-check';
import { composeId, isId } from './id.js';

const random16 = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe('an id', () => {
  it('is recognised as of its own kind and of no other', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date(2 ** 47), noInvalidDate: true }),
        random16,
        (at, random) => {
          const id = composeId('runner', at, random);
          expect(isId('runner', id)).toBe(true);
          expect(isId('pool', id)).toBe(false);
        },
      ),
    );
  });

  it('sorts by the time of its making', () => {
    const zeros = new Uint8Array(16);
    const ids = [5, 31, 32, 1_000_000, 2 ** 40].map((time) => composeId('job', new Date(time), zeros));
    expect([...ids].sort()).toEqual(ids);
  });

  it('fits a Hetzner server name of the form cr-<runner>-<attempt> within 63 characters', () => {
    expect(composeId('runner', new Date(), new Uint8Array(16))).toMatch(/^run_[0-9a-z]{26}$/);
  });
});
