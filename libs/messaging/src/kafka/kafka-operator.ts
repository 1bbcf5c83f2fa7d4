import type { Admin, Kafka } from 'kafkajs';
import { GroupIsActive, type BusOperator, type GroupPosition, type Place } from '../bus-operator.js';

/** Looks at a cluster over one connection, which is made when it is first needed and anew after a failure. */
export class KafkaOperator implements BusOperator {
  #admin: Promise<Admin> | undefined;
  #connected: Admin | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly prefix: string,
  ) {}

  positions(group: string, topics: readonly string[]): Promise<GroupPosition[]> {
    return this.#ask(async (admin) => {
      const names = await this.#existing(admin, topics);
      const committed = new Map<string, string>();
      const found = await admin.fetchOffsets({ groupId: this.prefix + group, topics: names });
      for (const { topic, partitions } of found)
        for (const { partition, offset } of partitions) committed.set(`${topic}/${partition}`, offset);
      const ends = names.map(async (topic) =>
        (await admin.fetchTopicOffsets(topic)).map(({ partition, low, high }) => {
          const first = BigInt(low);
          const next = BigInt(committed.get(`${topic}/${partition}`) ?? -1);
          // Nothing was committed, or what was is gone: the group begins at the oldest.
          return {
            ...this.#at(topic, partition),
            first,
            next: next < first ? first : next,
            end: BigInt(high),
          };
        }),
      );
      return (await Promise.all(ends)).flat();
    });
  }

  placesSince(topics: readonly string[], since: Date): Promise<Place[]> {
    return this.#ask(async (admin) => {
      const names = await this.#existing(admin, topics);
      const places = names.map(async (topic) =>
        (await admin.fetchTopicOffsetsByTimestamp(topic, since.getTime())).map(({ partition, offset }) => ({
          ...this.#at(topic, partition),
          offset: BigInt(offset),
        })),
      );
      return (await Promise.all(places)).flat();
    });
  }

  setPositions(group: string, places: readonly Place[]): Promise<void> {
    const groupId = this.prefix + group;
    return this.#ask(async (admin) => {
      const { groups } = await admin.describeGroups([groupId]);
      if (groups.some(({ members }) => members.length > 0)) throw new GroupIsActive(group);
      if (places.length > 0) await this.#commit(groupId, places);
    });
  }

  async close(): Promise<void> {
    const [connecting, connected] = [this.#admin, this.#connected];
    this.#admin = this.#connected = undefined;
    // Who stops does not wait for a broker that may be away.
    if (connected) await connected.disconnect().catch(() => undefined);
    else void connecting?.then((admin) => admin.disconnect()).catch(() => undefined);
  }

  /** Only a member may commit: so this joins the group for as long as that takes, and reads nothing. */
  async #commit(groupId: string, places: readonly Place[]): Promise<void> {
    const member = this.kafka.consumer({ groupId, allowAutoTopicCreation: false, maxWaitTimeInMs: 100 });
    const joined = new Promise<void>((resolve) => member.on(member.events.GROUP_JOIN, () => resolve()));
    const wanted = places.map((place) => ({ ...place, topic: this.prefix + place.topic }));
    const topics = [...new Set(wanted.map(({ topic }) => topic))];
    try {
      await member.connect();
      await member.subscribe({ topics });
      await member.run({ autoCommit: false, eachBatch: () => Promise.resolve() });
      member.pause(topics.map((topic) => ({ topic })));
      await joined;
      await member.commitOffsets(wanted.map((place) => ({ ...place, offset: String(place.offset) })));
    } finally {
      await member.disconnect();
    }
  }

  async #ask<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
    this.#admin ??= this.#connect();
    try {
      return await question(await this.#admin);
    } catch (error) {
      if (!(error instanceof GroupIsActive)) await this.close();
      throw error;
    }
  }

  async #connect(): Promise<Admin> {
    const admin = this.kafka.admin();
    await admin.connect();
    this.#connected = admin;
    return admin;
  }

  async #existing(admin: Admin, topics: readonly string[]): Promise<string[]> {
    const known = new Set(await admin.listTopics());
    return topics.map((name) => this.prefix + name).filter((name) => known.has(name));
  }

  #at(topic: string, partition: number): { topic: string; partition: number } {
    return { topic: topic.slice(this.prefix.length), partition };
  }
}
