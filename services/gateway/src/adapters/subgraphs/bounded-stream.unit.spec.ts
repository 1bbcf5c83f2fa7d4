import { BoundedStream, ReaderTooSlow } from './bounded-stream.js';

describe('a bounded stream', () => {
  it('gives what was pushed, in order, before and while it is read', async () => {
    const stream = new BoundedStream<number>(() => undefined);
    stream.push(1);
    const first = await stream.next();
    const second = stream.next();
    stream.push(2);
    stream.end();
    expect([first, await second, await stream.next()]).toEqual([
      { done: false, value: 1 },
      { done: false, value: 2 },
      { done: true, value: undefined },
    ]);
  });

  it('ends at once for a reader who leaves while they wait', async () => {
    let left = 0;
    const stream = new BoundedStream<number>(() => (left += 1));
    const waiting = stream.next();
    await stream.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    await stream.return();
    stream.push(1);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(left).toBe(1);
  });

  it('lets a reader go who is too slow, after what was kept for them', async () => {
    let left = 0;
    const stream = new BoundedStream<number>(() => (left += 1), 2);
    [1, 2, 3, 4].forEach((value) => stream.push(value));
    const read: number[] = [];
    await expect(
      (async () => {
        for await (const value of stream) read.push(value);
      })(),
    ).rejects.toThrow(ReaderTooSlow);
    expect(read).toEqual([1, 2, 3]);
    expect(left).toBe(1);
  });
});
