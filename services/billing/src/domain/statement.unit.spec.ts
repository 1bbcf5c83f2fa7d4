import type { Meter } from './meter.js';
import type { PricedMeter } from './metered-cost.js';
import { statementLines, type Stated } from './statement.js';

const at = (text: string) => new Date(text);
const metered = (change: Partial<Meter>): PricedMeter => ({
  price: { hourlyMicros: 8_800n, monthlyCapMicros: 5_490_000n, currency: 'EUR', validFrom: at('2026-01-01') },
  meter: {
    ...{ id: 'mach_1', kind: 'machine', providerId: '42', organizationId: 'org_1', runnerId: 'run_1' },
    ...{ poolId: 'pool_1', hetznerProjectId: 'hp_1', type: 'cx23', location: 'fsn1', estimated: false },
    orderedAt: at('2026-10-31T20:30:00Z'),
    priceAtOrder: null,
    startedAt: at('2026-10-31T20:30:00Z'),
    endedAt: at('2026-11-01T01:45:00Z'),
    ...change,
  },
});
const nothingStated: Stated = () => ({ hours: 0, micros: 0n, ended: false });
const question = { month: '2026-11', closed: [], stated: nothingStated, now: at('2026-12-01T02:00:00Z') };
const brief = (lines: ReturnType<typeof statementLines>) =>
  lines.map(({ month, meterId, hours, micros }) => `${month} ${meterId} ${hours} ${micros}`);

describe('the lines of a statement', () => {
  it('hold the hours that began in the month, and no meter without one', () => {
    const earlier = metered({ id: 'mach_0', endedAt: at('2026-10-31T23:00:00Z') });
    expect(brief(statementLines([earlier, metered({})], question))).toEqual(['2026-11 mach_1 2 17600']);
    expect(brief(statementLines([metered({})], { ...question, month: '2026-10' }))).toEqual([
      '2026-10 mach_1 4 35200',
    ]);
  });

  it('say the difference where a closed month turned out to be otherwise, also downwards', () => {
    const stated: Stated = (meterId, month) =>
      meterId === 'mach_1' ? { hours: 4, micros: 35_200n, ended: false } : nothingStated(meterId, month);
    const shorter = metered({ endedAt: at('2026-10-31T21:00:00Z') });
    const unheard = metered({ id: 'mach_2', runnerId: 'run_2' });
    const lines = statementLines([shorter, unheard], { ...question, closed: ['2026-10'], stated });
    expect(brief(lines)).toEqual([
      '2026-10 mach_1 -3 -26400',
      '2026-10 mach_2 4 35200',
      '2026-11 mach_2 2 17600',
    ]);
  });

  it('are silent of a closed month that is as it was stated', () => {
    const stated: Stated = () => ({ hours: 4, micros: 35_200n, ended: false });
    expect(brief(statementLines([metered({})], { ...question, closed: ['2026-10'], stated }))).toEqual([
      '2026-11 mach_1 2 17600',
    ]);
  });

  it('tell once that a machine is gone whose end was heard after its last month was closed', () => {
    const late = metered({ endedAt: at('2026-11-01T00:10:00Z') });
    const stated =
      (ended: boolean): Stated =>
      () => ({ hours: 4, micros: 35_200n, ended });
    const [line, ...others] = statementLines([late], {
      ...question,
      closed: ['2026-10'],
      stated: stated(false),
    });
    expect(line).toMatchObject({ month: '2026-10', endedAt: late.meter.endedAt, hours: 0, micros: 0n });
    expect(others).toEqual([]);
    expect(statementLines([late], { ...question, closed: ['2026-10'], stated: stated(true) })).toEqual([]);
    const open = metered({ endedAt: null });
    const first = statementLines([open], { ...question, closed: ['2026-10'], stated: stated(false) });
    expect(brief(first)).toEqual(['2026-11 mach_1 720 5490000']);
  });
});
