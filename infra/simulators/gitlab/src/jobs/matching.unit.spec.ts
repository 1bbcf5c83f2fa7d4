import fc from 'fast-check';
import type { Group, Project } from '../model.js';
import { mayTake } from './matching.js';
import type { Capability, Demand } from './matching.js';

const group = (id: number, parentId: number | null = null): Group => ({
  ...{ id, parentId, path: `g${id}`, fullPath: `g${id}`, createdAt: '' },
});
const groups = [group(1), group(2, 1), group(3)];
const project: Project = {
  ...{ id: 10, groupId: 2, path: 'web', fullPath: 'g1/g2/web', defaultBranch: 'main', createdAt: '' },
  ...{ branches: [], gitTags: [], protectedRefs: [] },
};
const able: Capability = {
  ...{ type: 'group_type', groupId: 1, projectId: null, tags: ['linux', 'x64'] },
  ...{ runUntagged: false, accessLevel: 'not_protected', paused: false },
};
const job: Demand = { tags: ['linux'], protected: false };
const takes = (runner: Partial<Capability>, demand: Partial<Demand> = {}) =>
  mayTake({ ...able, ...runner }, { ...job, ...demand }, project, groups);

describe('whether a runner may take a job', () => {
  it.each<[string, Partial<Capability>, boolean]>([
    ['of its own group', { groupId: 2 }, true],
    ['of a group below its own', { groupId: 1 }, true],
    ['of another group', { groupId: 3 }, false],
    ['of its own project', { type: 'project_type', groupId: null, projectId: 10 }, true],
    ['of another project', { type: 'project_type', groupId: null, projectId: 11 }, false],
    ['of any project, as an instance runner', { type: 'instance_type', groupId: null }, true],
    ['while it is paused', { paused: true }, false],
  ])('%s', (_case, runner, expected) => expect(takes(runner)).toBe(expected));

  it('only with a protected ref, where it is for protected refs', () => {
    expect(takes({ accessLevel: 'ref_protected' })).toBe(false);
    expect(takes({ accessLevel: 'ref_protected' }, { protected: true })).toBe(true);
    expect(takes({}, { protected: true })).toBe(true);
  });

  it('without tags only where it runs untagged jobs', () => {
    expect(takes({}, { tags: [] })).toBe(false);
    expect(takes({ runUntagged: true }, { tags: [] })).toBe(true);
  });

  it('exactly where it has every tag of a tagged job', () => {
    const tags = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 0 });
    fc.assert(
      fc.property(tags, tags, fc.boolean(), (has, wants, runUntagged) => {
        const expected = wants.length === 0 ? runUntagged : wants.every((tag) => has.includes(tag));
        expect(takes({ tags: has, runUntagged }, { tags: wants })).toBe(expected);
      }),
    );
  });
});
