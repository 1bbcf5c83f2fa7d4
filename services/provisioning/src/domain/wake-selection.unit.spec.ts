import fc from 'fast-check';
import type { SoldOut } from './placement.js';
import { isSupply, runnerStates, type RunnerState } from './runner-state.js';
import { selectAwake, type Seat } from './wake-selection.js';

const now = new Date('2026-11-23T09:00:00Z');
const later = new Date('2026-11-23T10:00:00Z');
const seat = (index: number, state: RunnerState, change: Partial<Seat> = {}): Seat => ({
  id: `run_${index}`,
  seat: index,
  state,
  stateSince: now,
  wanted: false,
  retryAt: null,
  pinnedUntil: null,
  retiring: false,
  draining: false,
  location: ['fsn1', 'nbg1', 'hel1'][index % 3] ?? 'fsn1',
  primaryIpId: index + 1,
  ...change,
});
const pool = (wanted: number, change = {}) => ({
  paused: false,
  deleting: false,
  wanted,
  serverTypes: ['cx23'],
  ...change,
});
const chosen = (wanted: number, seats: Seat[], soldOut: SoldOut[] = [], change = {}) =>
  [...selectAwake(pool(wanted, change), seats, soldOut, now).wanted].sort();

describe('who is awake', () => {
  it('are the sleeping runners with the lowest seats when none is awake', () => {
    expect(
      chosen(
        2,
        [3, 1, 0, 2].map((index) => seat(index, 'ASLEEP')),
      ),
    ).toEqual(['run_0', 'run_1']);
  });

  it('are first those that work, then those that are ready, before anybody is woken', () => {
    const seats = [seat(0, 'ASLEEP'), seat(1, 'STARTING'), seat(2, 'IDLE'), seat(3, 'BUSY')];
    expect(chosen(2, seats)).toEqual(['run_2', 'run_3']);
    expect(chosen(4, seats)).toEqual(['run_0', 'run_1', 'run_2', 'run_3']);
  });

  it('are those that were chosen before, where a lower seat became free meanwhile', () => {
    expect(chosen(1, [seat(0, 'ASLEEP'), seat(1, 'ASLEEP', { wanted: true })])).toEqual(['run_1']);
  });

  it('is nobody while the pool is paused or deleted', () => {
    expect(chosen(3, [seat(0, 'IDLE'), seat(1, 'BUSY')], [], { paused: true })).toEqual([]);
    expect(chosen(3, [seat(0, 'IDLE', { pinnedUntil: later })], [], { deleting: true })).toEqual([]);
  });

  it('is somebody in another location where all types are sold out', () => {
    const soldOut = [{ serverType: 'cx23', location: 'fsn1', until: later }];
    expect(chosen(1, [seat(0, 'ASLEEP'), seat(1, 'ASLEEP')], soldOut)).toEqual(['run_1']);
  });

  it('leaves out those that failed a moment ago, drain, or have no IP now', () => {
    const seats = [
      seat(0, 'ASLEEP', { retryAt: later }),
      seat(1, 'REQUESTED'),
      seat(2, 'IDLE', { draining: true }),
      seat(3, 'ASLEEP', { primaryIpId: 0 }),
      seat(4, 'ASLEEP'),
    ];
    expect(chosen(2, seats)).toEqual(['run_4']);
    expect(selectAwake(pool(2), seats, [], now).missing).toBe(1);
  });

  it('gives the place of one that was woken by hand and cannot be awake to another', () => {
    const soldOut = [{ serverType: 'cx23', location: 'fsn1', until: later }];
    const woken = { pinnedUntil: later };
    expect(chosen(1, [seat(0, 'ASLEEP', woken), seat(1, 'ASLEEP')], soldOut)).toEqual(['run_0', 'run_1']);
    expect(chosen(1, [seat(0, 'REQUESTED', woken), seat(1, 'ASLEEP')])).toEqual(['run_0', 'run_1']);
    expect(chosen(1, [seat(0, 'ASLEEP', woken), seat(1, 'ASLEEP')])).toEqual(['run_0']);
  });

  it('counts those that were woken by hand towards the number, and keeps them beyond it', () => {
    const seats = [seat(0, 'ASLEEP', { pinnedUntil: later }), seat(1, 'ASLEEP')];
    expect(chosen(1, seats)).toEqual(['run_0']);
    expect(chosen(0, seats)).toEqual(['run_0']);
    expect(chosen(2, seats)).toEqual(['run_0', 'run_1']);
  });

  it('are never more than the number and the pinned ones, and never a retiring one', () => {
    const seats = fc.array(
      fc.record({
        state: fc.constantFrom(...runnerStates),
        pinnedUntil: fc.constantFrom(null, later),
        retiring: fc.boolean(),
        draining: fc.boolean(),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(seats, fc.nat(25), (changes, wanted) => {
        const all = changes.map(({ state, ...change }, index) => seat(index, state, change));
        const { wanted: ids } = selectAwake(pool(wanted), all, [], now);
        const pinned = all.filter((one) => one.pinnedUntil && !one.retiring);
        const serving = pinned.filter(
          ({ state, draining }) => (isSupply(state) && !draining) || state === 'ASLEEP',
        ).length;
        expect(ids.size).toBeLessThanOrEqual(Math.max(wanted, serving) + pinned.length - serving);
        expect(all.filter((one) => one.retiring && ids.has(one.id))).toEqual([]);
        const awake = all.filter((one) => isSupply(one.state) && !one.draining && !one.retiring);
        expect(ids.size).toBeGreaterThanOrEqual(Math.min(wanted, awake.length));
      }),
    );
  });
});
