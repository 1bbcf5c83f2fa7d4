import { topics } from '@cleanroom/contracts';
import type pg from 'pg';
import { deleteInPortions } from '../delete-in-portions.js';
import type { BusMessage } from '../event-bus.js';
import { PARTITIONS, partitionOf } from '../partition-of.js';

/** The channel that speaks of new messages; the payload is {@link partitionName}. */
export const messageChannel = 'bus_message';

export const partitionName = (topic: string, partition: number): string => `${topic}/${partition}`;

/** Where to read on in one partition, and how much. */
export interface ReadFrom {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

export interface LogMessage extends BusMessage {
  readonly partition: number;
  readonly offset: bigint;
}

interface MessageRow {
  readonly topic: string;
  readonly partition: number;
  readonly message_offset: string;
  readonly key: string;
  readonly headers: Record<string, string>;
  readonly payload: Buffer;
}

// The counter rows are locked in one order, so that two publishers wait instead of deadlocking; their locks are held
// until the commit, so that offsets become visible in their order and without a gap. A message of a topic that nobody
// made finds no counter, hence no offset, which fails the whole publication.
const publishSql = `
  WITH incoming AS (
    SELECT * FROM unnest($1::text[], $2::smallint[], $3::text[], $4::jsonb[], $5::bytea[])
      WITH ORDINALITY AS m (topic, partition, key, headers, payload, place)),
  counted AS (SELECT topic, partition, count(*) AS amount FROM incoming GROUP BY topic, partition),
  locked AS MATERIALIZED (
    SELECT topic, partition, amount FROM bus_partition JOIN counted USING (topic, partition)
    ORDER BY topic, partition FOR UPDATE OF bus_partition),
  taken AS (
    UPDATE bus_partition AS p SET next_offset = p.next_offset + locked.amount FROM locked
    WHERE p.topic = locked.topic AND p.partition = locked.partition
    RETURNING p.topic, p.partition, p.next_offset - locked.amount AS first),
  written AS (
    INSERT INTO bus_message (topic, partition, message_offset, key, headers, payload)
    SELECT topic, partition, first + row_number() OVER (PARTITION BY topic, partition ORDER BY place) - 1,
      key, headers, payload
    FROM incoming LEFT JOIN taken USING (topic, partition))
  SELECT pg_notify('${messageChannel}', topic || '/' || partition)
  FROM taken`;

const readSql = `
  SELECT m.* FROM unnest($1::text[], $2::smallint[], $3::bigint[]) AS wanted (topic, partition, start)
  CROSS JOIN LATERAL (
    SELECT topic, partition, message_offset, key, headers, payload FROM bus_message
    WHERE topic = wanted.topic AND partition = wanted.partition AND message_offset >= wanted.start
    ORDER BY message_offset LIMIT $4
  ) AS m`;

const keepLast = new Set<string>(
  Object.values(topics).flatMap(({ name, keepsLast }) => (keepsLast ? [name] : [])),
);

// The oldest are first in the order of the primary key: what is still kept need not be looked through.
const pruneSql = `
  DELETE FROM bus_message WHERE ctid = ANY (ARRAY(
    SELECT place FROM (
      SELECT ctid AS place, published_at FROM bus_message WHERE topic = $1 AND partition = $2
      ORDER BY message_offset LIMIT $4) AS oldest
    WHERE published_at < now() - make_interval(secs => $3 * 3600)))`;

// By a window and not by a join: whatever is estimated, no message looks through all that came after it.
const pruneAllButLastSql = `
  DELETE FROM bus_message WHERE ctid = ANY (ARRAY(
    SELECT place FROM (
      SELECT ctid AS place, published_at, message_offset, max(message_offset) OVER (PARTITION BY key) AS last
      FROM bus_message WHERE topic = $1 AND partition = $2) AS known
    WHERE message_offset < last AND published_at < now() - make_interval(secs => $3 * 3600) LIMIT $4))`;

/**
 * The log in PostgreSQL: a sequence per topic and partition, without a gap where it was written. Where the last of each key is
 * kept, those that were forgotten before it leave gaps.
 */
export class MessageLog {
  constructor(private readonly pool: pg.Pool) {}

  async ensureTopics(names: readonly string[]): Promise<void> {
    await this.pool.query(
      `INSERT INTO bus_partition (topic, partition)
       SELECT name, number FROM unnest($1::text[]) AS name, generate_series(0, $2 - 1) AS number
       ORDER BY 1, 2 ON CONFLICT DO NOTHING`,
      [names, PARTITIONS],
    );
  }

  /** @throws Error when a topic was not ensured; nothing is published then */
  async publish(messages: readonly BusMessage[]): Promise<void> {
    if (messages.length === 0) return;
    await this.pool.query(publishSql, [
      messages.map(({ topic }) => topic),
      messages.map(({ key }) => partitionOf(key)),
      messages.map(({ key }) => key),
      messages.map(({ headers }) => JSON.stringify(headers)),
      messages.map(({ payload }) => Buffer.from(payload)),
    ]);
  }

  /** Reads up to `limit` messages of each partition, in the order of their offsets. */
  async read(from: readonly ReadFrom[], limit: number): Promise<LogMessage[]> {
    const { rows } = await this.pool.query<MessageRow>(readSql, [
      from.map(({ topic }) => topic),
      from.map(({ partition }) => partition),
      from.map(({ offset }) => offset.toString()),
      limit,
    ]);
    return rows
      .map(({ message_offset, ...message }) => ({ ...message, offset: BigInt(message_offset) }))
      .sort((a, b) => Number(a.offset - b.offset));
  }

  /** Forgets what is older than so many hours, but for the last of each key in topics that keep it. */
  async prune(keptHours: number): Promise<void> {
    const { rows } = await this.pool.query<{ topic: string; partition: number }>(
      'SELECT topic, partition FROM bus_partition ORDER BY 1, 2',
    );
    for (const { topic, partition } of rows) {
      const sql = keepLast.has(topic) ? pruneAllButLastSql : pruneSql;
      await deleteInPortions(async (atMost) => {
        const { rowCount } = await this.pool.query(sql, [topic, partition, keptHours, atMost]);
        return rowCount ?? 0;
      });
    }
  }
}
