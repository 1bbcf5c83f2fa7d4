import { PartitionFeed } from './partition-feed.js';
import type { KafkaRecord } from './read-record.js';

const record = (offset: number): KafkaRecord => ({
  topic: 't',
  partition: 0,
  offset: BigInt(offset),
  key: 'k',
  headers: {},
  payload: new Uint8Array(),
});
const records = (...offsets: number[]) => offsets.map(record);

/** Takes the next message in hand. */
function next(feed: PartitionFeed): KafkaRecord {
  const taken = feed.take();
  if (!taken) throw new Error('nothing waits');
  return taken;
}

describe('the feed of a partition', () => {
  let feed: PartitionFeed;

  beforeEach(() => {
    feed = new PartitionFeed('t', 0, 5n);
    feed.fetched(records(5, 6, 7));
  });

  it('commits up to the first message that is not done', () => {
    const [first, second] = [next(feed), next(feed)];
    feed.end(second, true);
    expect(feed.uncommitted()).toBeUndefined();
    feed.end(first, true);
    expect(feed.uncommitted()).toBe(7n);
    feed.saved(7n);
    expect(feed.uncommitted()).toBeUndefined();
  });

  it('leaves out what comes again after a rebalance while it is in hand, done or waiting', () => {
    feed.end(next(feed), true);
    next(feed);
    feed.shared();
    expect(feed.isBehind(5n)).toBe(false);
    feed.fetched(records(5, 6, 7, 8));
    expect(feed.waiting).toBe(2);
    expect([next(feed).offset, next(feed).offset]).toEqual([7n, 8n]);
  });

  it('knows that the group was set back to before what was committed', () => {
    feed.end(next(feed), true);
    feed.saved(6n);
    feed.shared();
    expect(feed.isBehind(5n)).toBe(true);
    expect(feed.isBehind(6n)).toBe(false);
  });

  it('knows that its topic was made anew when something comes again and the group did not share anew', () => {
    expect(feed.isBehind(7n)).toBe(true);
    expect(feed.isBehind(8n)).toBe(false);
  });

  it('commits nothing that was given up', () => {
    feed.end(next(feed), false);
    feed.end(next(feed), true);
    expect(feed.uncommitted()).toBeUndefined();
  });

  it('commits and hands out nothing once another member has the partition', () => {
    feed.end(next(feed), true);
    feed.lose();
    expect(feed.uncommitted()).toBeUndefined();
    expect(feed.take()).toBeUndefined();
  });

  it('goes over gaps, which the broker leaves where it forgets', () => {
    feed.fetched(records(20));
    while (feed.waiting > 0) feed.end(next(feed), true);
    expect(feed.uncommitted()).toBe(21n);
  });
});
