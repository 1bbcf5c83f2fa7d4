import fc from 'fast-check';
import { Fleet, type RunnerNews, type Seat } from './fleet.js';
import { RUNNER_STATES, type RunnerState } from './runner-states.js';

const news = (number: number, state: RunnerState, since = 0, poolId = 'pool_1'): RunnerNews => ({
  id: `run_${number}`,
  name: `linux-${number}`,
  poolId,
  state,
  since,
  reason: null,
  retryAt: null,
});
const complete = (...page: RunnerNews[]): Fleet => {
  const fleet = new Fleet();
  fleet.list(page);
  fleet.complete();
  return fleet;
};
const shown = (fleet: Fleet, poolId = 'pool_1') =>
  fleet.seatsOf(poolId).map(({ name, state, place }) => `${place} ${name} ${state}`);

describe('the fleet', () => {
  it('seats runners by their names, whatever order they come in', () => {
    const fleet = new Fleet();
    fleet.list([news(10, 'ASLEEP'), news(2, 'BUSY')]);
    fleet.list([news(1, 'IDLE')]);
    expect(shown(fleet)).toEqual(['0 linux-1 IDLE', '1 linux-2 BUSY', '2 linux-10 ASLEEP']);
  });

  it('changes a seat in its place, and both counts', () => {
    const fleet = complete(news(1, 'ASLEEP'), news(2, 'ASLEEP'));
    fleet.hear(news(1, 'STARTING', 1));
    expect(shown(fleet)).toEqual(['0 linux-1 STARTING', '1 linux-2 ASLEEP']);
    expect([fleet.count('ASLEEP'), fleet.count('STARTING'), fleet.count('BUSY')]).toEqual([1, 1, 0]);
  });

  it('takes no news that is older than what it knows', () => {
    const fleet = complete(news(1, 'BUSY', 5));
    fleet.hear(news(1, 'IDLE', 4));
    expect(shown(fleet)).toEqual(['0 linux-1 BUSY']);
  });

  it('holds changes of runners back that no page has brought yet', () => {
    const fleet = new Fleet();
    fleet.hear(news(2, 'BUSY', 5));
    fleet.hear(news(3, 'REQUESTED', 5));
    expect(fleet.size).toBe(0);
    fleet.list([news(1, 'ASLEEP'), news(2, 'IDLE', 4)]);
    expect(shown(fleet)).toEqual(['0 linux-1 ASLEEP', '1 linux-2 BUSY']);
    fleet.complete();
    expect(shown(fleet)).toEqual(['0 linux-1 ASLEEP', '1 linux-2 BUSY', '2 linux-3 REQUESTED']);
  });

  it('seats new runners, and takes away those that are gone', () => {
    const fleet = complete(news(1, 'ASLEEP'), news(2, 'ASLEEP'));
    fleet.hear(news(3, 'REQUESTED', 1));
    fleet.hear(news(1, 'DELETED', 2));
    expect(shown(fleet)).toEqual(['0 linux-2 ASLEEP', '1 linux-3 REQUESTED']);
    fleet.hear(news(2, 'DELETED', 3));
    fleet.hear(news(3, 'DELETED', 3));
    expect([fleet.size, fleet.poolIds()]).toEqual([0, []]);
  });

  it('tells those who watch a pool, and no others', () => {
    const fleet = complete(news(1, 'ASLEEP'), news(2, 'ASLEEP', 0, 'pool_2'));
    const heard: (Seat | 'moved')[] = [];
    const stop = fleet.listen('pool_1', {
      seatChanged: (seat) => heard.push(seat),
      seatsMoved: () => heard.push('moved'),
    });
    fleet.hear(news(2, 'BUSY', 1, 'pool_2'));
    fleet.hear(news(1, 'BUSY', 1));
    fleet.hear(news(3, 'REQUESTED', 1));
    stop();
    fleet.hear(news(1, 'IDLE', 2));
    expect(heard).toEqual([expect.objectContaining({ id: 'run_1', state: 'BUSY', place: 0 }), 'moved']);
  });

  it('counts what it seats, whatever comes in whatever order', () => {
    const states = fc.constantFrom(...RUNNER_STATES.map(({ state }) => state));
    const anyNews = fc
      .tuple(fc.nat(8), states, fc.nat(5), fc.constantFrom('pool_1', 'pool_2'))
      .map(([number, state, since, pool]) => news(number, state, since, pool));
    fc.assert(
      fc.property(fc.array(anyNews), fc.array(anyNews), fc.array(anyNews), (early, page, late) => {
        const fleet = new Fleet();
        early.forEach((one) => fleet.hear(one));
        fleet.list(page);
        fleet.complete();
        late.forEach((one) => fleet.hear(one));
        const seats = [...fleet.seats()];
        expect(fleet.size).toBe(seats.length);
        for (const { state } of RUNNER_STATES)
          expect(fleet.count(state)).toBe(seats.filter((seat) => seat.state === state).length);
        for (const poolId of fleet.poolIds())
          expect(fleet.seatsOf(poolId).map(({ place }) => place)).toEqual([...fleet.seatsOf(poolId).keys()]);
      }),
    );
  });
});
