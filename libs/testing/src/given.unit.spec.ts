import { given } from './given.js';

const add = (state: { total: number }, amount: number) => {
  if (amount < 0) throw new RangeError('nothing to add');
  return { total: state.total + amount };
};

describe('given, when, then', () => {
  it('passes where the decision is as expected', () => {
    expect(given({ total: 1 }).when(add, 2).then({ total: 3 })).toEqual({ total: 3 });
    given({ total: 1 })
      .when(add, 2)
      .then(({ total }) => expect(total).toBe(3));
    given({ total: 1 }).when(add, -1).thenThrows(RangeError);
  });

  it('fails where it is not', () => {
    expect(() => given({ total: 1 }).when(add, 2).then({ total: 4 })).toThrow();
    expect(() => given({ total: 1 }).when(add, 1).thenThrows(RangeError)).toThrow();
  });

  it('fails a decider that changes the state it was given', () => {
    const impure = (state: { list: number[] }) => state.list.push(1);
    given({ list: [0] })
      .when(impure)
      .thenThrows(TypeError);
  });
});
