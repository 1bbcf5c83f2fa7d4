import fc from 'fast-check';
import { wantedNow, type Situation } from './wanted.js';

const small = fc.integer({ min: 0, max: 500 });
const situation: fc.Arbitrary<Situation> = fc.record({
  size: fc.integer({ min: 1, max: 500 }),
  busy: small,
  warm: small,
  queued: small,
  warmBecause: fc.constant('working hours'),
});

describe('how many runners a pool keeps awake', () => {
  it('is what is busy plus the larger of warm and queued, and never more than the pool has', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const { wanted } = wantedNow(given);
        expect(wanted).toBe(Math.min(given.size, given.busy + Math.max(given.warm, given.queued)));
      }),
    );
  });

  it('never sinks when more is queued, busy or kept warm', () => {
    const more = fc.constantFrom('busy', 'warm', 'queued');
    fc.assert(
      fc.property(situation, more, fc.integer({ min: 1, max: 9 }), (given, field, by) => {
        const grown = { ...given, [field]: given[field as 'busy'] + by };
        expect(wantedNow(grown).wanted).toBeGreaterThanOrEqual(wantedNow(given).wanted);
      }),
    );
  });

  it('is only what is busy where the pool is paused or on its way out, and says so', () => {
    const given = { size: 4, busy: 1, warm: 2, queued: 3, warmBecause: 'working hours' };
    expect(wantedNow({ ...given, closed: 'paused' })).toEqual({ wanted: 1, because: 'the pool is paused' });
    expect(wantedNow({ ...given, closed: 'deleting' }).wanted).toBe(1);
  });

  it.each([
    [{ size: 4, busy: 0, warm: 0, queued: 2 }, '2 jobs queued'],
    [{ size: 4, busy: 1, warm: 0, queued: 1 }, '1 job queued, 1 busy'],
    [{ size: 4, busy: 0, warm: 2, queued: 1 }, '1 job queued, 2 kept warm (working hours)'],
    [{ size: 4, busy: 3, warm: 0, queued: 8 }, '8 jobs queued, 3 busy; the pool has 4 runners'],
    [{ size: 4, busy: 0, warm: 0, queued: 0 }, 'no job queued, working hours'],
  ])('says why: %j', (given, because) => {
    expect(wantedNow({ ...given, warmBecause: 'working hours' }).because).toBe(because);
  });
});
