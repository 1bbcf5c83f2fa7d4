import { jest } from '@jest/globals';
import { repeat } from './repeat.js';

describe('work that is repeated', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const begin = () => {
    const ends: (() => void)[] = [];
    const work = () => new Promise<void>((end) => void ends.push(end));
    return { ends, stop: repeat(100, work) };
  };

  it('begins after a pause, and anew a pause after its end', async () => {
    const { ends, stop } = begin();
    await jest.advanceTimersByTimeAsync(99);
    expect(ends).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await jest.advanceTimersByTimeAsync(100);
    expect(ends).toHaveLength(2);
    stop();
  });

  it('does not begin again once it is stopped, whether it is under way or not', async () => {
    const waiting = begin();
    waiting.stop();
    const underWay = begin();
    await jest.advanceTimersByTimeAsync(100);
    underWay.stop();
    underWay.ends[0]?.();
    await jest.advanceTimersByTimeAsync(1_000);
    expect([waiting.ends.length, underWay.ends.length]).toEqual([0, 1]);
  });
});
