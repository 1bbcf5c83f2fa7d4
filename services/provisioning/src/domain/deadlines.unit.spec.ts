import { deadlineOf, silentAfter, ticketEnd, unprotectedUntil } from './deadlines.js';
import { runnerStates } from './runner-state.js';

const since = new Date('2026-11-23T09:30:00Z');

describe('the deadline', () => {
  it.each([
    ['STARTING', '09:33:00', 'confirm the order'],
    ['ENROLLING', '09:35:00', 'was not ready'],
    ['CLEANING', '09:33:00', 'rebuild the machine'],
  ] as const)('of %s, entered at 09:30:00, is %s', (state, at, reason) => {
    const deadline = deadlineOf(state, since);
    expect(deadline?.at.toISOString()).toBe(`2026-11-23T${at}.000Z`);
    expect(deadline?.reason).toContain(reason);
  });

  it.each([
    [10, '09:40:00', 10],
    [60, '10:30:00', 60],
  ])('lasts a minute of real time at least, by a clock that runs %d times as fast', (factor, at, minutes) => {
    for (const state of ['STARTING', 'ENROLLING', 'CLEANING'] as const) {
      const deadline = deadlineOf(state, since, factor);
      expect(deadline?.at.toISOString()).toBe(new Date(`2026-11-23T${at}Z`).toISOString());
      expect(deadline?.reason).toContain(`within ${minutes} minutes`);
    }
  });

  it('of a ticket is ten minutes, and a minute of real time at least', () => {
    const minutes = (factor: number) => (ticketEnd(since, factor).getTime() - since.getTime()) / 60_000;
    expect([1, 10, 60].map(minutes)).toEqual([10, 10, 60]);
  });

  it.each([
    ['without its firewalls', unprotectedUntil, [2, 10, 60, 600]],
    ['in silence', silentAfter, [5, 10, 60, 600]],
  ] as const)('of a machine %s is a minute of real time at least', (_, endOf, expected) => {
    const minutes = (factor: number) => (endOf(since, factor).getTime() - since.getTime()) / 60_000;
    expect([1, 10, 60, 600].map(minutes)).toEqual(expected);
    expect(endOf(since)).toEqual(endOf(since, 1));
  });

  it('is none for a state in which waiting is right', () => {
    const without = runnerStates.filter((state) => deadlineOf(state, since) === undefined);
    expect(without).toEqual(expect.arrayContaining(['ASLEEP', 'IDLE', 'BUSY', 'DRAINING', 'STOPPING']));
    expect(runnerStates.length - without.length).toBe(3);
  });
});
