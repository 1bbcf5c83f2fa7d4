import type { Trouble } from './trouble.js';
import { whyWaiting, type Waiting, type WaitingPool, type WaitingRunner } from './why-waiting.js';

const now = new Date('2026-03-02T08:00:00Z');
const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);

const runner = (state: string, stateReason = '', given: Partial<WaitingRunner> = {}): WaitingRunner => ({
  name: 'builder-1',
  state,
  stateReason,
  trouble: null,
  nextTryAt: null,
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
const stuck = (trouble: Trouble | null, reason: string, nextTryAt: Date | null = null): WaitingRunner =>
  runner('ASLEEP', reason, { trouble, nextTryAt });

describe('why a job waits', () => {
  it.each([
    ['no pool covers it', nowhere({ covered: false }), 'No pool covers its project.'],
    ['no pool has its tag', nowhere({}), 'No pool for its project has the tag linux.'],
    [
      'a pool has some of its tags',
      nowhere({ tags: ['linux', 'gpu'], nearest: { name: 'builders', lacks: ['gpu'] } }),
      'No pool for its project has all of the tags linux, gpu. The nearest is builders, which lacks gpu.',
    ],
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
      'the pool is at its size, and nobody is before it',
      inPool([runner('BUSY'), runner('BUSY')]),
      'All 2 runners of the pool builders are taken; it is the next.',
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
    expect(whyWaiting(waiting, now).because).toBe(sentence);
  });

  it('reckons with what the pool has measured', () => {
    const measured = [{ by: 'ORDER' as const, seconds: 45 }];
    expect(whyWaiting(inPool([starting(10)], 0, { measured }), now).because).toBe(
      'A runner is starting; it is expected to be ready at 2026-03-02T08:00:35Z.',
    );
  });
});

describe('the code of what a job waits for', () => {
  it.each([
    ['NO_POOL_MATCHES', 'no pool covers it', nowhere({ covered: false })],
    ['NO_POOL_MATCHES', 'no pool has its tag', nowhere({})],
    [
      'NO_POOL_MATCHES',
      'only pools for protected refs match it',
      nowhere({ unprotected: { ref: 'feature', refProtected: false } }),
    ],
    ['PAUSED', 'its pool is paused', inPool([runner('ASLEEP')], 0, { paused: true })],
    ['CREDENTIALS_INVALID', 'GitLab refuses us', inPool([runner('IDLE')], 0, { refusedBy: ['GitLab'] })],
    ['CREDENTIALS_INVALID', 'Hetzner refuses us', inPool([runner('ASLEEP')], 0, { refusedBy: ['Hetzner'] })],
    ['CREDENTIALS_INVALID', 'its order was refused for them', inPool([stuck('CREDENTIALS', notAccepted)])],
    ['OUTSIDE_SIZE', 'every runner is taken', inPool([runner('BUSY'), runner('BUSY')])],
    ['OUTSIDE_SIZE', 'those before it take the rest', inPool([runner('ASLEEP'), runner('BUSY')], 1)],
    ['BUDGET_EXHAUSTED', 'a budget refused', inPool([stuck('BUDGET', overBudget), runner('ASLEEP')])],
    ['SOLD_OUT', 'nothing is left', inPool([runner('BUSY'), stuck('SOLD_OUT', soldOut)])],
    ['STARTING', 'a runner is free', inPool([runner('IDLE')])],
    ['STARTING', 'a runner is on its way', inPool([starting(30)])],
    ['STARTING', 'a runner still gets its address', inPool([runner('REQUESTED')])],
    ['STARTING', 'a machine is put away first', inPool([runner('STOPPING')])],
    ['STARTING', 'nothing has happened yet', inPool([runner('ASLEEP')])],
    [null, 'a limit of the account is reached', inPool([stuck('LIMIT', 'ask Hetzner for more')])],
    [null, 'no firewall is there yet', inPool([stuck('UNPREPARED', 'no firewall yet'), runner('ASLEEP')])],
    [null, 'its runners fail', inPool([stuck(null, 'its machine was silent')])],
  ])('is %s where %s', (code, _, waiting) => {
    expect(whyWaiting(waiting, now).code).toBe(code);
  });
});

describe('when it is tried again', () => {
  const past = ago(1);
  const soon = ago(-30);
  const later = ago(-600);
  const nextTry = (waiting: Waiting) => whyWaiting(waiting, now).nextTryAt;

  it.each([
    ['the budget is asked again', inPool([stuck('BUDGET', overBudget, later), runner('ASLEEP')]), later],
    [
      'the first of two places may have machines again',
      inPool([stuck('SOLD_OUT', soldOut, later), stuck('SOLD_OUT', 'cx23 is gone in nbg1', soon)]),
      soon,
    ],
    [
      'another of its runners has rested before that',
      inPool([stuck('SOLD_OUT', soldOut, later), stuck(null, 'its machine was silent', soon)]),
      soon,
    ],
    [
      'its failed runner has rested',
      inPool([stuck(null, 'its machine was silent', soon)], 0, { size: 1 }),
      soon,
    ],
  ])('is when %s', (_, waiting, at) => expect(nextTry(waiting)).toEqual(at));

  it.each([
    ['that is over, and only the news are to come', inPool([stuck('BUDGET', overBudget, past)])],
    ['nobody knows', inPool([stuck('CREDENTIALS', notAccepted)])],
    ['another runner is about to be woken', inPool([stuck('SOLD_OUT', soldOut, soon), runner('ASLEEP')])],
    ['a runner is on its way', inPool([starting(30), stuck('SOLD_OUT', soldOut, soon)])],
    ['its pool is paused', inPool([stuck('BUDGET', overBudget, soon)], 0, { paused: true })],
  ])('is nothing where %s', (_, waiting) => expect(nextTry(waiting)).toBeNull());
});
