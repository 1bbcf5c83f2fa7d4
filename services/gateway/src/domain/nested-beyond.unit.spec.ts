import { isNestedBeyond } from './nested-beyond.js';

describe('how deep a value is nested', () => {
  it.each<[unknown, number]>([
    [1, 0],
    [null, 0],
    [{}, 1],
    [[1, 'a', null], 1],
    [{ a: { b: [1] } }, 3],
    [[1, [2], { a: 3 }], 2],
  ])('of %j is %i levels', (value, levels) => {
    expect(isNestedBeyond(value, levels)).toBe(false);
    if (levels > 0) expect(isNestedBeyond(value, levels - 1)).toBe(true);
  });

  it('is found where it is deeper than any stack', () => {
    let value: unknown = 1;
    for (let i = 0; i < 100_000; i++) value = [value];
    expect(isNestedBeyond(value, 50)).toBe(true);
    expect(isNestedBeyond(value, 100_000)).toBe(false);
  });
});
