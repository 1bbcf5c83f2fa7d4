import { hookTargets, type PlannedHook } from './hook-plan.js';
import { nextHookStep, surplusHooks, type GitLabHook } from './hook.js';

const url = 'https://cleanroom.example/webhooks/gitlab/gl_1';
const hook = (given: Partial<GitLabHook> = {}): GitLabHook => ({
  id: 5,
  url,
  jobEvents: true,
  disabled: false,
  ...given,
});

describe('the next step of a webhook', () => {
  it('is to create it where none has our address', () => {
    expect(nextHookStep([hook({ url: 'https://else.example' })], url, null)).toEqual({ kind: 'create' });
    expect(nextHookStep([], url, 5)).toEqual({ kind: 'create' });
  });

  it('is to adopt the one whose creation was never answered, or that no longer tells of jobs', () => {
    expect(nextHookStep([hook({ id: 9 }), hook({ id: 8 })], url, null)).toEqual({ kind: 'adopt', hookId: 8 });
    expect(nextHookStep([hook({ jobEvents: false })], url, 5)).toEqual({ kind: 'adopt', hookId: 5 });
  });

  it('is to correct the one that we know where its address is not ours any more', () => {
    const moved = hook({ url: 'https://former.example' });
    expect(nextHookStep([moved], url, 5)).toEqual({ kind: 'adopt', hookId: 5 });
    expect(nextHookStep([moved], url, null)).toEqual({ kind: 'create' });
  });

  it('leaves one: the others of our address are surplus, and nobody else is touched', () => {
    const hooks = [hook({ id: 9 }), hook({ id: 8 }), hook({ id: 7, url: 'https://else.example' })];
    expect(surplusHooks(hooks, url, 8).map(({ id }) => id)).toEqual([9]);
  });

  it('is to switch it on where GitLab switched it off, and nothing where it works', () => {
    expect(nextHookStep([hook({ disabled: true })], url, 5)).toEqual({ kind: 'reenable', hookId: 5 });
    expect(nextHookStep([hook({ id: 4 }), hook()], url, 5)).toEqual({ kind: 'none', hookId: 5 });
  });
});

describe('where webhooks have to be', () => {
  const group = { scopeKind: 'GROUP', scopePath: 'acme', scopeId: 1 } as const;
  const projects = [
    { id: 10, path: 'acme/web' },
    { id: 11, path: 'other/api' },
  ];
  const groupHook = (state: PlannedHook['state']): PlannedHook => ({
    target: { kind: 'group', id: 1 },
    state,
  });

  it('is at the group while it is not refused there, and at each project outside of it', () => {
    const planned = [
      { kind: 'group', id: 1 },
      { kind: 'project', id: 11 },
    ];
    expect(hookTargets([group], projects, [])).toEqual(planned);
    expect(hookTargets([group], projects, [groupHook('REGISTERED')])).toEqual(planned);
  });

  it('is at each project where the plan has no group hooks', () => {
    expect(hookTargets([group], projects, [groupHook('REFUSED')])).toEqual([
      { kind: 'group', id: 1 },
      { kind: 'project', id: 10 },
      { kind: 'project', id: 11 },
    ]);
  });
});
