import { BoundedStream, ReaderTooSlow } from '../subgraphs/bounded-stream.js';
import { SharedStreams } from './shared-streams.js';

interface Event {
  readonly id: number;
}

describe('streams that several listen to', () => {
  let streams: SharedStreams<Event>;
  let sources: { stream: BoundedStream<Event>; signal: AbortSignal; left: boolean }[];

  beforeEach(() => {
    streams = new SharedStreams();
    sources = [];
  });

  const open = async (signal: AbortSignal) => {
    const source = { stream: new BoundedStream<Event>(() => (source.left = true)), signal, left: false };
    sources.push(source);
    return source.stream;
  };
  const join = async (key = 'a') => (await streams.join(key, open)) as AsyncIterableIterator<Event>;
  const next = async (stream: AsyncIterableIterator<Event>) =>
    (await stream.next()).value as Event | undefined;

  it('are opened once, also for those who come while they are opened', async () => {
    const [first, second] = await Promise.all([join(), join()]);
    const third = await join();
    sources[0]?.stream.push({ id: 1 });
    expect(await Promise.all([first, second, third].map(next))).toEqual([{ id: 1 }, { id: 1 }, { id: 1 }]);
    expect(sources).toHaveLength(1);
  });

  it('are opened anew for another key', async () => {
    await Promise.all([join('a'), join('b')]);
    expect(sources).toHaveLength(2);
  });

  it('bring to everyone what comes after they have joined', async () => {
    const first = await join();
    sources[0]?.stream.push({ id: 1 });
    expect(await next(first)).toEqual({ id: 1 });
    const second = await join();
    sources[0]?.stream.push({ id: 2 });
    expect([await next(first), await next(second)]).toEqual([{ id: 2 }, { id: 2 }]);
  });

  it('end with the last who leaves, and begin anew for the next', async () => {
    const [first, second] = await Promise.all([join(), join()]);
    await first.return?.();
    expect([sources[0]?.left, sources[0]?.signal.aborted]).toEqual([false, false]);
    await second.return?.();
    expect([sources[0]?.left, sources[0]?.signal.aborted]).toEqual([true, true]);
    const third = await join();
    sources[1]?.stream.push({ id: 3 });
    expect(await next(third)).toEqual({ id: 3 });
  });

  it('end for everyone when they end, after what came before', async () => {
    const [first, second] = await Promise.all([join(), join()]);
    sources[0]?.stream.push({ id: 1 });
    sources[0]?.stream.end();
    for (const stream of [first, second])
      expect([await next(stream), await next(stream)]).toEqual([{ id: 1 }, undefined]);
    await join();
    expect(sources).toHaveLength(2);
  });

  it('go on for the others when one reads too slowly', async () => {
    const [slow, quick] = await Promise.all([join(), join()]);
    const most = 1_001;
    for (let id = 0; id <= most; id++) {
      sources[0]?.stream.push({ id });
      expect(await next(quick)).toEqual({ id });
    }
    await expect(
      (async () => {
        for await (const event of slow) expect(event.id).toBeLessThan(most);
      })(),
    ).rejects.toThrow(ReaderTooSlow);
    expect(sources[0]?.left).toBe(false);
  });

  it('give everyone the answer that stands in for a stream, and nothing is kept of it', async () => {
    let opened = 0;
    const refuse = async () => ({ id: ++opened });
    expect(await Promise.all([streams.join('a', refuse), streams.join('a', refuse)])).toEqual([
      { id: 1 },
      { id: 1 },
    ]);
    expect(await streams.join('a', refuse)).toEqual({ id: 2 });
  });

  it('are tried again after they could not be opened', async () => {
    const fail = () => Promise.reject(new Error('no'));
    await expect(streams.join('a', fail)).rejects.toThrow('no');
    await join();
    expect(sources).toHaveLength(1);
  });
});
