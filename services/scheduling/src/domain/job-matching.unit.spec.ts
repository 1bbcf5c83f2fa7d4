import fc from 'fast-check';
import { matchPool, type MatchingPool } from './job-matching.js';

const pool = (given: Partial<MatchingPool> = {}): MatchingPool => ({
  id: 'pool_1',
  connectionId: 'gl_1',
  scopeKind: 'GROUP',
  scopePath: 'acme',
  tags: ['linux'],
  runUntagged: false,
  protectedRefsOnly: false,
  paused: false,
  deleting: false,
  ...given,
});
const job = {
  connectionId: 'gl_1',
  projectPath: 'acme/web',
  tags: ['linux'],
  refProtected: null as boolean | null,
};
const matches = (given: Partial<MatchingPool>, asked: Partial<typeof job> = {}): boolean =>
  matchPool({ ...job, ...asked }, [pool(given)]) !== undefined;

describe('the pool that a job counts in', () => {
  it('covers the projects of its group and of the groups below it, and no other', () => {
    expect(matches({}, { projectPath: 'acme/backend/api' })).toBe(true);
    expect(matches({}, { projectPath: 'acme-labs/web' })).toBe(false);
    expect(matches({}, { projectPath: 'Acme/Web' })).toBe(true);
    expect(matches({ scopeKind: 'PROJECT', scopePath: 'acme/web' })).toBe(true);
    expect(matches({ scopeKind: 'PROJECT', scopePath: 'acme/we' })).toBe(false);
    expect(matches({ scopeKind: 'INSTANCE', scopePath: '' }, { projectPath: 'else/where' })).toBe(true);
  });

  it('belongs to the same GitLab connection', () => {
    expect(matches({ connectionId: 'gl_2' })).toBe(false);
  });

  it('has every tag of the job', () => {
    expect(matches({ tags: ['linux', 'arm'] }, { tags: ['arm'] })).toBe(true);
    expect(matches({ tags: ['linux'] }, { tags: ['linux', 'arm'] })).toBe(false);
  });

  it('takes a job without tags only where it is told to', () => {
    expect(matches({ runUntagged: false }, { tags: [] })).toBe(false);
    expect(matches({ runUntagged: true }, { tags: [] })).toBe(true);
  });

  it('takes only what is known to be protected, where it is for protected refs', () => {
    expect(matches({ protectedRefsOnly: true }, { refProtected: true })).toBe(true);
    expect(matches({ protectedRefsOnly: true }, { refProtected: false })).toBe(false);
    expect(matches({ protectedRefsOnly: true }, { refProtected: null })).toBe(false);
    expect(matches({}, { refProtected: true })).toBe(true);
  });

  it('is not on its way out, and is paused only where no open one matches', () => {
    expect(matches({ deleting: true })).toBe(false);
    const paused = pool({ id: 'pool_1', paused: true });
    expect(matchPool(job, [paused, pool({ id: 'pool_2' })])?.id).toBe('pool_2');
    expect(matchPool(job, [paused])?.id).toBe('pool_1');
  });

  it('is the oldest of those that match, whatever their order', () => {
    const tags = fc.subarray(['linux', 'arm', 'gpu']);
    fc.assert(
      fc.property(fc.array(tags, { maxLength: 6 }), tags, fc.integer(), (poolTags, jobTags, seed) => {
        const pools = poolTags.map((tags, index) =>
          pool({ id: `pool_${index}`, tags, runUntagged: index % 2 === 0 }),
        );
        const shuffled = [...pools].sort((a, b) => (a.id + seed < b.id + seed ? 1 : -1));
        const oldest = pools.find(
          ({ tags, runUntagged }) =>
            (runUntagged || jobTags.length > 0) && jobTags.every((tag) => tags.includes(tag)),
        );
        expect(matchPool({ ...job, tags: jobTags }, shuffled)?.id).toBe(oldest?.id);
      }),
    );
  });
});
