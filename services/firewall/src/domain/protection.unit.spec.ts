import { protectionOf, stillInForce } from './protection.js';

describe('the protection of a machine', () => {
  const ours = new Set([1, 2, 3, 9]);

  it('holds when every required firewall is applied, whatever else of ours is there', () => {
    const applied = [1, 2, 9].map((id) => ({ id, status: 'applied' }));
    expect(protectionOf({ required: [1, 2], ours }, applied)).toEqual({ kind: 'protected' });
  });

  it.each(['applied', 'pending'])('does not hold while a firewall of somebody else is %s', (status) => {
    const applied = [...[1, 2].map((id) => ({ id, status: 'applied' })), { id: 7, status }];
    expect(protectionOf({ required: [1, 2], ours }, applied)).toEqual({
      kind: 'unprotected',
      missing: [],
      pending: [],
      foreign: [7],
    });
  });

  it('does not hold while one is missing or only pending', () => {
    expect(
      protectionOf({ required: [1, 2, 3], ours }, [
        { id: 1, status: 'applied' },
        { id: 2, status: 'pending' },
      ]),
    ).toEqual({
      kind: 'unprotected',
      missing: [3],
      pending: [2],
      foreign: [],
    });
  });
});

describe('the policies in force on a machine', () => {
  it('are those that are seen while all that it needs is seen', () => {
    expect(stillInForce(['a', 'b'], ['b', 'c'], true)).toEqual(['b', 'c']);
  });

  it('are otherwise those of the last time when it was, without what is missed since', () => {
    expect(stillInForce(['a', 'b'], ['b', 'c'], false)).toEqual(['b']);
    expect(stillInForce([], ['b', 'c'], false)).toEqual([]);
  });
});
