import { setTimeout as sleep } from 'node:timers/promises';
import { topics, topicStorage } from '@cleanroom/contracts';
import kafkajs, { type Admin, type ITopicConfig, type Kafka } from 'kafkajs';

// By name, Node finds no errors in this CommonJS package: it would not load outside of a bundle.
const { KafkaJSAggregateError, KafkaJSRequestTimeoutError } = kafkajs;

const MOST_REPLICAS = 3;
const HOUR_MS = 3_600_000;
/** Only whole segments are cleaned, and not the one that is written: a broker's default is to write one for a week. */
export const SEGMENT_HOURS = 24;
/**
 * On a busy computer a broker needs a good part of a minute for all topics of an installation. The service does not answer
 * meanwhile: the start-up probes of `infra/k8s` and `infra/compose` give it longer.
 */
const READY_WITHIN_MS = 90_000;
/** For one request, below the client's own time-out. */
const MADE_WITHIN_MS = 14_000;
const NO_REFUSALS: ReadonlySet<string> = new Set(['REQUEST_TIMED_OUT', 'TOPIC_ALREADY_EXISTS']);
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/** Creates the topics that are missing, stored as the map of topics says. What is there already is left as it is. */
export async function createTopics(kafka: Kafka, prefix: string, names: readonly string[]): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const known = new Set(await admin.listTopics());
    const missing = names.filter((name) => !known.has(prefix + name));
    if (missing.length === 0) return;
    const replicas = Math.min(MOST_REPLICAS, (await admin.describeCluster()).brokers.length);
    const wanted = missing.map((name) => describe(prefix, name, replicas));
    const deadline = performance.now() + READY_WITHIN_MS;
    await make(admin, wanted, deadline);
    await Promise.all(wanted.map(({ topic }) => untilLed(admin, topic, deadline)));
  } finally {
    await admin.disconnect();
  }
}

/** A controller that does not get to a request in time forgets it: it is asked again. */
const make = (admin: Admin, wanted: ITopicConfig[], deadline: number): Promise<void> =>
  again(
    // Says false where somebody else was quicker with one of them, which is as good.
    () => admin.createTopics({ topics: wanted, waitForLeaders: false, timeout: MADE_WITHIN_MS }),
    deadline,
    tookTooLong,
  );

/** Whether nothing worse befell any of the topics. */
const tookTooLong = (error: unknown): boolean =>
  error instanceof KafkaJSAggregateError
    ? error.errors.every((one) => NO_REFUSALS.has((one as { type?: string }).type ?? ''))
    : error instanceof KafkaJSRequestTimeoutError;

function describe(prefix: string, name: string, replicationFactor: number): ITopicConfig {
  const topic = Object.values(topics).find((known) => known.name === name);
  const { partitions, retentionHours } = topic ?? topicStorage;
  const settings = {
    ...cleanup(topic?.keepsLast ?? false, retentionHours),
    'segment.ms': String(SEGMENT_HOURS * HOUR_MS),
    // Our client reads none of the formats in which a broker could be told to store.
    'compression.type': 'producer',
    // One replica may be away; with fewer than three there is none to spare.
    'min.insync.replicas': replicationFactor === MOST_REPLICAS ? '2' : '1',
  };
  return {
    topic: prefix + name,
    numPartitions: partitions,
    replicationFactor,
    configEntries: Object.entries(settings).map(([key, value]) => ({ name: key, value })),
  };
}

/** By itself a broker compacts a message away as soon as a later one of its key is there, however young it is. */
function cleanup(keepsLast: boolean, retentionHours: number): Record<string, string> {
  const retention = String(retentionHours * HOUR_MS);
  if (!keepsLast) return { 'cleanup.policy': 'delete', 'retention.ms': retention };
  return {
    'cleanup.policy': 'compact',
    'min.compaction.lag.ms': retention,
    'max.compaction.lag.ms': String((retentionHours + SEGMENT_HOURS) * HOUR_MS),
  };
}

/**
 * A topic that was just made is unknown to parts of the cluster for a moment: a broker names the leader of a partition
 * before that leader knows of its office. Only where a topic ends can be asked of nobody but the leader; it is asked ever
 * more rarely, since every service of a new installation asks at the same time.
 *
 * @throws Error when that lasts
 */
const untilLed = (admin: Admin, topic: string, deadline: number): Promise<void> =>
  again(
    () => admin.fetchTopicOffsets(topic),
    deadline,
    () => true,
  );

/** Tries until it is done, ever more rarely; throws what is no passing trouble, or lasts. */
async function again(
  attempt: () => Promise<unknown>,
  deadline: number,
  passes: (error: unknown) => boolean,
): Promise<void> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (!passes(error) || performance.now() > deadline) throw error;
    }
    await sleep(pause);
  }
}
