import { jest } from '@jest/globals';
import type { ConsumerConfig, Kafka } from 'kafkajs';
import { LEAVE_WITHIN_MS, LOOK_EVERY_MS, QUIET_MS, SESSION_MS, SILENT_MS } from './group-member.js';
import { FIRST_REBUILD_MS, KafkaSubscription, STOP_WITHIN_MS } from './kafka-subscription.js';

const PROMISED_MS = 10_000;
/** What the brokers may take for a member that joins. */
const JOINING_MS = 1_000;

describe('the times of a consumer that halts without a word', () => {
  it('let another one take its place within 10 seconds', () => {
    const replaced = SILENT_MS + LOOK_EVERY_MS + LEAVE_WITHIN_MS + 2 * FIRST_REBUILD_MS;
    expect(replaced).toBeLessThanOrEqual(PROMISED_MS - JOINING_MS);
  });

  it('show it as not ready before, and end it only when the brokers have given it up too', () => {
    expect(QUIET_MS).toBeLessThan(SILENT_MS);
    expect(SESSION_MS).toBeLessThan(SILENT_MS);
  });
});

describe('a subscription', () => {
  it('makes no topic by asking for it', async () => {
    const configs: ConsumerConfig[] = [];
    const kafka = clientWith(() => Promise.resolve(), configs);
    const options = { group: 'a', topics: ['t'], handle: async () => undefined, prefix: '', log: undefined };
    const subscription = new KafkaSubscription({ ...options, kafka });
    await subscription.start();
    await subscription.stop();
    expect(configs).toMatchObject([{ allowAutoTopicCreation: false }]);
  });
});

describe('a subscription that stops', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  /** Stops one whose consumer takes so long to leave its group, and tells when it had stopped. */
  const stopOne = async (leavingMs: number) => {
    const disconnect = () => new Promise<void>((resolve) => setTimeout(resolve, leavingMs));
    const options = { group: 'a', topics: ['t'], handle: async () => undefined, prefix: '', log: undefined };
    const subscription = new KafkaSubscription({ ...options, kafka: clientWith(disconnect) });
    await subscription.start();
    const startedAt = Date.now();
    const stopped = subscription.stop().then(() => Date.now() - startedAt);
    await jest.advanceTimersByTimeAsync(SESSION_MS);
    return stopped;
  };

  it('has left its group then, however long the brokers take for it', async () => {
    expect(STOP_WITHIN_MS).toBeGreaterThan(2 * LEAVE_WITHIN_MS);
    expect(await stopOne(0)).toBe(0);
    expect(await stopOne(STOP_WITHIN_MS - 1)).toBe(STOP_WITHIN_MS - 1);
  });

  it('is forgotten where it cannot leave', async () => {
    expect(await stopOne(SESSION_MS)).toBe(STOP_WITHIN_MS);
  });
});

/** A client whose consumer joins at once and then gets nothing; it writes down how consumers are to be. */
function clientWith(disconnect: () => Promise<void>, configs: ConsumerConfig[] = []): Kafka {
  const nothing = async (): Promise<void> => undefined;
  const consumer = { events: {}, on: () => undefined, connect: nothing, subscribe: nothing, run: nothing };
  return {
    consumer: (config: ConsumerConfig) => {
      configs.push(config);
      return { ...consumer, disconnect };
    },
  } as unknown as Kafka;
}
