import { Feeds } from './feeds.js';
import type { KafkaRecord } from './read-record.js';

const PARTITION = { topic: 't', partition: 0 };
const record = (offset: number): KafkaRecord => ({
  ...PARTITION,
  offset: BigInt(offset),
  key: 'k',
  headers: {},
  payload: new Uint8Array(),
});

describe('what a member of a group was given', () => {
  let feeds: Feeds;
  let handled: string[];

  beforeEach(async () => {
    handled = [];
    feeds = new Feeds({
      handle: async ({ offset }) => void handled.push(offset),
      signal: new AbortController().signal,
      onFlow: () => undefined,
    });
    feeds.assigned([PARTITION], false);
    feeds.fetched(PARTITION, [record(5), record(6)]);
    await feeds.idle();
  });

  it('is saved once it is done', () => {
    expect(feeds.uncommitted()).toEqual([{ ...PARTITION, offset: 7n }]);
  });

  it('is kept when the group shares anew, and what comes again is not done again', async () => {
    feeds.outOfGroup();
    feeds.assigned([PARTITION], true);
    feeds.fetched(PARTITION, [record(5), record(6), record(7)]);
    await feeds.idle();
    expect(handled).toEqual(['0:5', '0:6', '0:7']);
  });

  it('is forgotten when it was out of the group, so that the group is not set back', async () => {
    feeds.assigned([PARTITION], false);
    expect(feeds.uncommitted()).toEqual([]);
    feeds.fetched(PARTITION, [record(20)]);
    await feeds.idle();
    expect(feeds.uncommitted()).toEqual([{ ...PARTITION, offset: 21n }]);
  });

  it('does not hide what lies at the same places of a topic that was made anew', async () => {
    feeds.assigned([PARTITION], false);
    feeds.fetched(PARTITION, [record(5)]);
    await feeds.idle();
    expect(handled).toEqual(['0:5', '0:6', '0:5']);
  });
});
