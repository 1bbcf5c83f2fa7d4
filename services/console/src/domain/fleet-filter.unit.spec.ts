import type { Seat } from './fleet.js';
import { isLookedAt, statesIn, statesText, toggled, type FleetFilter } from './fleet-filter.js';

const seat: Seat = {
  ...{ id: 'run_1', name: 'linux-12', poolId: 'pool_1', state: 'BUSY' },
  ...{ since: 0, reason: null, retryAt: null, place: 0 },
};
const all: FleetFilter = { states: new Set(), poolId: undefined, text: '' };

it('reads states from an address and writes them there', () => {
  expect(statesIn('busy.idle.nonsense.')).toEqual(new Set(['BUSY', 'IDLE']));
  expect(statesIn(undefined)).toEqual(new Set());
  expect(statesText(new Set(['BUSY', 'IDLE']))).toBe('busy.idle');
  expect(statesText(new Set())).toBeUndefined();
});

it('puts a state in and takes it out', () => {
  expect(toggled(new Set(['BUSY']), 'IDLE')).toEqual(new Set(['BUSY', 'IDLE']));
  expect(toggled(new Set(['BUSY']), 'BUSY')).toEqual(new Set());
});

it.each<[Partial<FleetFilter>, boolean]>([
  [{}, true],
  [{ states: new Set(['BUSY', 'IDLE']) }, true],
  [{ states: new Set(['IDLE']) }, false],
  [{ poolId: 'pool_1', text: 'LINUX-1' }, true],
  [{ poolId: 'pool_2' }, false],
  [{ text: 'mac' }, false],
])('with %j in the address the runner is looked at: %s', (filter, isThere) => {
  expect(isLookedAt({ ...all, ...filter }, seat)).toBe(isThere);
});
