import { systemClock, type Clock } from '@cleanroom/kernel';
import { RequestPace } from './request-pace.js';

const START = Date.UTC(2026, 10, 2, 8);
let now: number;
const clock: Clock = { ...systemClock, now: () => new Date(now) };
const told = (remaining: number, resetInSeconds: number, limit = 3600): Headers =>
  new Headers({
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(START / 1000 + resetInSeconds),
  });

beforeEach(() => {
  now = START;
});

describe('the pace of requests', () => {
  it('is free before anything is known', () => {
    expect(new RequestPace(clock).ask(false).granted).toBe(true);
  });

  it('keeps a reserve that only deletions may use', () => {
    const pace = new RequestPace(clock);
    pace.observe(told(181, 3419));
    expect(pace.ask(false).granted).toBe(true);
    expect(pace.ask(false).granted).toBe(false);
    expect(pace.ask(true).granted).toBe(true);
  });

  it('says when the next request will be possible, and then allows it', () => {
    const pace = new RequestPace(clock);
    pace.observe(told(171, 3429));
    const refused = pace.ask(false);
    if (refused.granted) throw new Error('it was granted');
    expect(refused.retryAt.getTime() - START).toBe(10_000);
    now = refused.retryAt.getTime();
    expect(pace.ask(false).granted).toBe(true);
  });

  it('counts requests in flight, which no answer has told of yet', () => {
    const pace = new RequestPace(clock);
    pace.observe(told(185, 3415));
    const granted = Array.from({ length: 10 }, () => pace.ask(false).granted).filter(Boolean);
    expect(granted).toHaveLength(5);
  });

  it('closes after a 429 until the reset, for deletions too', () => {
    const pace = new RequestPace(clock);
    const until = pace.refused(told(0, 30));
    expect(until).toEqual(new Date(START + 30_000));
    now = START + 29_999;
    expect(pace.ask(true)).toEqual({ granted: false, retryAt: until });
    now = START + 30_000;
    expect(pace.ask(true).granted).toBe(true);
  });

  it('counts from the time of the answer where our clock is wrong', () => {
    const pace = new RequestPace(clock);
    const refused = told(0, 30);
    refused.set('date', new Date(START).toUTCString());
    now = START - 3_600_000;
    expect(pace.refused(refused)).toEqual(new Date(now + 30_000));
  });

  it('pauses ever longer after refusals that name no reset', () => {
    const pace = new RequestPace(clock);
    const pauses = Array.from({ length: 8 }, () => {
      const pause = pace.refused(new Headers()).getTime() - now;
      now += pause;
      return pause;
    });
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  });
});
