import { faultRule, Faults } from './faults.js';

const call = { method: 'POST', path: '/api/v4/user/runners', operation: 'create_runner' };
const kindsOf = (rules: object[], times: number): (string | undefined)[] => {
  const faults = new Faults();
  for (const rule of rules) faults.add(faultRule.parse(rule));
  return Array.from({ length: times }, () => faults.hit(call)?.kind);
};

describe('injected faults', () => {
  it('hit by method, path and operation, all of which must fit', () => {
    const fail = (match: object) => kindsOf([{ match, kind: 'fail' }], 1)[0];
    expect(fail({ method: 'post', path: 'user/runners$', operation: 'create_runner' })).toBe('fail');
    expect(fail({})).toBe('fail');
    expect(fail({ method: 'GET' })).toBeUndefined();
    expect(fail({ path: 'runners/\\d' })).toBeUndefined();
    expect(fail({ method: 'POST', operation: 'get_runner' })).toBeUndefined();
  });

  it('are used up after their count, and the next rule takes over', () => {
    expect(
      kindsOf(
        [
          { kind: 'fail', count: 2 },
          { kind: 'reset', count: 1 },
        ],
        4,
      ),
    ).toEqual([...['fail', 'fail', 'reset', undefined]]);
  });

  it('hit the same calls for the same seed, and about as many as their rate says', () => {
    const run = (seed: number) => kindsOf([{ kind: 'fail', rate: 0.3, seed }], 1000);
    expect(run(5)).toEqual(run(5));
    expect(run(5)).not.toEqual(run(6));
    const hits = run(5).filter(Boolean).length;
    expect(hits).toBeGreaterThan(240);
    expect(hits).toBeLessThan(360);
  });

  it('refuse a path that is no regular expression', () => {
    expect(faultRule.safeParse({ match: { path: '(' }, kind: 'fail' }).success).toBe(false);
  });
});
