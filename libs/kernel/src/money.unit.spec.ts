import fc from 'fast-check';
import { addMoney, formatAmount, money, parseMicros } from './money.js';

describe('money', () => {
  it('reads what it wrote, whatever the amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (micros) => {
        expect(parseMicros(formatAmount(money(micros, 'EUR')))).toBe(micros);
      }),
    );
  });

  it('keeps two places at least and drops what says nothing', () => {
    expect(formatAmount(money(8_800n, 'EUR'))).toBe('0.0088');
    expect(formatAmount(money(5_000_000n, 'EUR'))).toBe('5.00');
    expect(formatAmount(money(-1n, 'EUR'))).toBe('-0.000001');
  });

  it('rounds half up at the seventh place, as Hetzner quotes sixteen', () => {
    expect(parseMicros('0.0088000000000000')).toBe(8_800n);
    expect(parseMicros('0.0000005')).toBe(1n);
    expect(parseMicros('0.00000049')).toBe(0n);
  });

  it.each(['', '1.', '.5', '1e3', '0x1', ' 1', '1,5', '--1'])(
    'refuses %j, which is no decimal number',
    (text) => {
      expect(parseMicros(text)).toBeUndefined();
    },
  );

  it('never adds one currency to another', () => {
    expect(() => addMoney(money(1n, 'EUR'), money(1n, 'USD'))).toThrow(RangeError);
  });
});
