import fc from 'fast-check';
import { expectedTimeToReady, gettingReady, measuredAt, type TimeToReady } from './time-to-ready.js';

const orders = (...seconds: number[]): TimeToReady[] =>
  seconds.map((each) => ({ by: 'ORDER', seconds: each }));
const begun = new Date('2026-03-02T08:00:00Z');
const later = new Date('2026-03-02T08:01:10Z');

describe('the time that a runner takes to be ready', () => {
  it('is assumed while none was measured, and each way of preparing is measured apart', () => {
    expect(expectedTimeToReady('ORDER', [])).toBe(120_000);
    expect(expectedTimeToReady('REBUILD', orders(300))).toBe(60_000);
  });

  it('is what nine of ten did not exceed, between 30 seconds and 10 minutes', () => {
    expect(expectedTimeToReady('ORDER', orders(10, 20))).toBe(30_000);
    expect(expectedTimeToReady('ORDER', orders(9_000))).toBe(600_000);
    expect(expectedTimeToReady('ORDER', orders(61, 62, 63, 64, 65, 66, 67, 68, 69, 599))).toBe(69_000);
    const measured = fc.array(fc.integer({ min: 30, max: 600 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(measured, (seconds) => {
        const expected = expectedTimeToReady('ORDER', orders(...seconds)) / 1000;
        const inTime = seconds.filter((each) => each <= expected).length;
        const sooner = seconds.filter((each) => each < expected).length;
        expect(inTime).toBeGreaterThanOrEqual(seconds.length * 0.9);
        expect(sooner).toBeLessThan(seconds.length * 0.9);
      }),
    );
  });

  it('runs from the order, or from the begin of the rebuild, until the runner is IDLE', () => {
    const ordered = gettingReady('STARTING', begun, undefined);
    const enrolling = gettingReady('ENROLLING', later, ordered);
    expect(measuredAt('IDLE', later, enrolling)).toEqual({ by: 'ORDER', seconds: 70 });
    const rebuilt = gettingReady('ENROLLING', later, gettingReady('CLEANING', begun, undefined));
    expect(measuredAt('IDLE', later, rebuilt)).toEqual({ by: 'REBUILD', seconds: 70 });
  });

  it('is not measured where a runner fails, or is IDLE again after a job', () => {
    const failed = gettingReady('FAILED', later, gettingReady('STARTING', begun, undefined));
    expect(measuredAt('IDLE', later, failed)).toBeUndefined();
    expect(measuredAt('IDLE', later, gettingReady('BUSY', begun, undefined))).toBeUndefined();
    expect(measuredAt('STOPPING', later, gettingReady('STARTING', begun, undefined))).toBeUndefined();
  });
});
