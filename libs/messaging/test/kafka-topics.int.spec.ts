import { randomBytes } from 'node:crypto';
import { topics, topicStorage } from '@cleanroom/contracts';
import { describeWithKafka, startKafka } from '@cleanroom/testing';
import { ConfigResourceTypes, Kafka, logLevel, type Admin } from 'kafkajs';
import { createTopics } from '../src/kafka/kafka-topics.js';

const DAY_MS = 86_400_000;

/** A client that gives the broker no time at all, twice. */
class HurriedKafka extends Kafka {
  readonly refusals: unknown[] = [];

  override admin(): Admin {
    const admin = super.admin();
    const { createTopics: make } = admin;
    admin.createTopics = (options) =>
      this.refusals.length < 2
        ? make({ ...options, timeout: 0 }).catch((error: unknown) => {
            this.refusals.push(error);
            throw error;
          })
        : make(options);
    return admin;
  }
}

describeWithKafka('a topic on a real broker', () => {
  const prefix = `stored-${randomBytes(5).toString('hex')}.`;
  let admin: Admin;

  beforeAll(async () => {
    const kafka = new Kafka({ brokers: [await startKafka()], logLevel: logLevel.NOTHING });
    admin = kafka.admin();
    await admin.connect();
    await createTopics(kafka, prefix, [topics.pool.name, topics.machine.name]);
  });
  afterAll(() => admin.disconnect());

  const settingsOf = async (name: string): Promise<Record<string, string>> => {
    const resources = [{ type: ConfigResourceTypes.TOPIC, name: prefix + name }];
    const [found] = (await admin.describeConfigs({ resources, includeSynonyms: false })).resources;
    return Object.fromEntries(
      (found?.configEntries ?? []).map(({ configName, configValue }) => [configName, configValue]),
    );
  };

  it('is asked for again where the broker did not get to it in time', async () => {
    const kafka = new HurriedKafka({ brokers: [await startKafka()], logLevel: logLevel.NOTHING });
    await createTopics(kafka, prefix, [topics.job.name]);
    expect(kafka.refusals).toMatchObject(Array(2).fill({ errors: [{ type: 'REQUEST_TIMED_OUT' }] }));
    expect(await admin.listTopics()).toContain(prefix + topics.job.name);
  });

  it('has as many partitions as the map of topics says, on as many replicas as there are', async () => {
    const { topics: found } = await admin.fetchTopicMetadata({ topics: [prefix + topics.machine.name] });
    expect(found[0]?.partitions).toHaveLength(topicStorage.partitions);
    expect(found[0]?.partitions.every(({ replicas }) => replicas.length === 1)).toBe(true);
  });

  it('forgets after the time that the map says, a day at a time', async () => {
    expect(await settingsOf(topics.machine.name)).toMatchObject({
      'cleanup.policy': 'delete',
      'retention.ms': String(7 * DAY_MS),
      'segment.ms': String(DAY_MS),
    });
  });

  it('keeps the last of each key for good where the map says so, and the others no shorter than elsewhere', async () => {
    expect(await settingsOf(topics.pool.name)).toMatchObject({
      'cleanup.policy': 'compact',
      'min.compaction.lag.ms': String(7 * DAY_MS),
      'max.compaction.lag.ms': String(8 * DAY_MS),
      'segment.ms': String(DAY_MS),
    });
  });

  it('is stored as it was sent, on the replicas that can be had', async () => {
    expect(await settingsOf(topics.pool.name)).toMatchObject({
      'compression.type': 'producer',
      'min.insync.replicas': '1',
    });
  });
});
