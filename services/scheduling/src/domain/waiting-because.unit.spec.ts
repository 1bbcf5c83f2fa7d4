import type { Trouble } from './trouble.js';
import { waitingBecause, type Waiting, type WaitingPool, type WaitingRunner } from './waiting-because.js';

const now = new Date('2026-03-02T08:00:00Z');
const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);

const runner = (state: string, stateReason = '', given: Partial<WaitingRunner> = {}): WaitingRunner => ({
  name: 'builder-1',
  state,
  stateReason,
  trouble: null,
  readyingBy: null,
  readyingSince: null,
  ...given,
});
const starting = (seconds: number, readyingBy: 'ORDER' | 'REBUILD' = 'ORDER'): WaitingRunner =>
  runner('STARTING', '2 jobs queued', { readyingBy, readyingSince: ago(seconds) });
const inPool = (runners: WaitingRunner[], ahead = 0, given: Partial<WaitingPool> = {}): Waiting => ({
  tags: ['linux'],
  covered: true,
  pool: { name: 'builders', size: 2, paused: false, runners, measured: [], refusedBy: [], ...given },
  ahead,
});
const nowhere = (given: Partial<Waiting>): Waiting => ({
  tags: ['linux'],
  covered: true,
  ahead: 0,
  ...given,
});

const soldOut = 'all server types are gone in fsn1';
const overBudget = '50.00 EUR of 50.00 EUR are spent';
const notAccepted = 'the Hetzner credentials are not accepted';
const stuck = (trouble: Trouble, reason: string): WaitingRunner => runner('ASLEEP', reason, { trouble });

describe('why a job waits', () => {
  it.each([
    ['no pool covers it', nowhere({ covered: false }), 'No pool covers its project.'],
    ['no pool has its tag', nowhere({}), 'No pool for its project has the tag linux.'],
    ['no pool takes it untagged', nowhere({ tags: [] }), 'No pool for its project takes jobs without tags.'],
    [
      'only pools for protected refs match it',
      nowhere({ unprotected: { ref: 'feature', refProtected: false } }),
      'Its ref feature is not protected, and the pools that match it take protected refs only.',
    ],
    [
      'it is not known yet whether its ref is protected',
      nowhere({ unprotected: { ref: 'main', refProtected: null } }),
      'GitLab is being asked whether its ref main is protected.',
    ],
    ['the pool is paused', inPool([runner('ASLEEP')], 0, { paused: true }), 'The pool builders is paused.'],
    ['a runner is free', inPool([runner('IDLE')]), 'A runner is ready; GitLab is about to hand the job out.'],
    [
      'GitLab refuses us',
      inPool([runner('IDLE')], 0, { refusedBy: ['GitLab'] }),
      'GitLab does not accept the credentials for the pool builders any more.',
    ],
    [
      'a runner is ordered',
      inPool([starting(30), runner('ASLEEP')]),
      'A runner is starting; it is expected to be ready at 2026-03-02T08:01:30Z.',
    ],
    [
      'a machine is rebuilt',
      inPool([starting(30, 'REBUILD')]),
      'A runner is starting; it is expected to be ready at 2026-03-02T08:00:30Z.',
    ],
    [
      'a runner is late',
      inPool([starting(130)]),
      'A runner is starting; it was expected to be ready at 2026-03-02T07:59:50Z and is late.',
    ],
    ['its begin is unknown', inPool([runner('ENROLLING')]), 'A runner is starting.'],
    [
      'the first to come is for the job ahead',
      inPool([starting(30), starting(90)], 1),
      'A runner is starting; it is expected to be ready at 2026-03-02T08:01:30Z.',
    ],
    [
      'the pool is at its size',
      inPool([runner('BUSY'), runner('BUSY')], 3),
      'All 2 runners of the pool builders are taken; 3 queued before it.',
    ],
    [
      'the one runner of the pool is taken',
      inPool([runner('BUSY')], 1, { size: 1 }),
      'The one runner of the pool builders is taken; 1 queued before it.',
    ],
    [
      'the job ahead takes the one runner of the pool',
      inPool([runner('ASLEEP')], 1, { size: 1 }),
      'The pool builders is full with 1 runner; 1 queued before it.',
    ],
    [
      'the runners that come are for others',
      inPool([runner('BUSY'), starting(30)], 1),
      'All 2 runners of the pool builders are taken; 1 queued before it.',
    ],
    [
      'the jobs ahead take all that the pool can have',
      inPool([runner('ASLEEP'), runner('BUSY')], 1),
      'The pool builders is full with 2 runners; 1 queued before it.',
    ],
    [
      'all is sold out',
      inPool([runner('BUSY'), stuck('SOLD_OUT', soldOut)]),
      `Hetzner has no machine for the pool builders now: ${soldOut}.`,
    ],
    [
      'one place is sold out and another not',
      inPool([stuck('SOLD_OUT', soldOut), runner('ASLEEP')]),
      'A runner of the pool builders is about to be woken.',
    ],
    [
      'two places are sold out',
      inPool([stuck('SOLD_OUT', 'cx23 is gone in nbg1'), stuck('SOLD_OUT', soldOut)]),
      `Hetzner has no machine for the pool builders now: ${soldOut}; cx23 is gone in nbg1.`,
    ],
    [
      'the budget is exhausted, though another runner has not tried',
      inPool([stuck('BUDGET', overBudget), runner('ASLEEP')]),
      `The budget for the pool builders is exhausted, so no machine is ordered: ${overBudget}.`,
    ],
    [
      'an order was refused for its credentials',
      inPool([stuck('CREDENTIALS', notAccepted), runner('ASLEEP')]),
      `No machine can be ordered for the pool builders: ${notAccepted}.`,
    ],
    [
      'the account is at a limit',
      inPool([stuck('LIMIT', 'ask Hetzner for more'), runner('ASLEEP')]),
      'No machine can be ordered for the pool builders: ask Hetzner for more.',
    ],
    [
      'every runner is kept asleep by something without a name',
      inPool([runner('ASLEEP', 'its machine was silent'), runner('ASLEEP', 'its machine was silent')]),
      'No runner of the pool builders can be woken: its machine was silent.',
    ],
    [
      'Hetzner refuses us',
      inPool([runner('ASLEEP')], 0, { refusedBy: ['Hetzner'] }),
      'Hetzner does not accept the credentials for the pool builders any more.',
    ],
    [
      'no runner has an address yet',
      inPool([runner('REQUESTED')]),
      'No runner of the pool builders can be woken: its static IP is not leased yet.',
    ],
    [
      'the last machine is being deleted',
      inPool([runner('STOPPING')]),
      'A runner is being put away before it can start afresh.',
    ],
    [
      'nothing has happened yet',
      inPool([runner('ASLEEP')]),
      'A runner of the pool builders is about to be woken.',
    ],
  ])('is told in one sentence where %s', (_, waiting, sentence) => {
    expect(waitingBecause(waiting, now)).toBe(sentence);
  });

  it('reckons with what the pool has measured', () => {
    const measured = [{ by: 'ORDER' as const, seconds: 45 }];
    expect(waitingBecause(inPool([starting(10)], 0, { measured }), now)).toBe(
      'A runner is starting; it is expected to be ready at 2026-03-02T08:00:35Z.',
    );
  });
});
