import type pg from 'pg';
import { GroupIsActive, type BusOperator, type GroupPosition, type Place } from '../bus-operator.js';

interface PlaceRow {
  readonly topic: string;
  readonly partition: number;
  readonly place: string;
}

type PositionRow = Omit<PlaceRow, 'place'> & Record<'first' | 'next' | 'ending', string>;

// What a group has never joined it has not begun: it stands at the oldest.
const positionsSql = `
  SELECT p.topic, p.partition, kept.first, GREATEST(kept.first, COALESCE(c.committed, 0)) AS next, p.next_offset AS ending
  FROM bus_partition AS p
  LEFT JOIN bus_claim AS c ON c.group_name = $1 AND c.topic = p.topic AND c.partition = p.partition
  CROSS JOIN LATERAL (
    SELECT COALESCE(min(m.message_offset), p.next_offset) AS first FROM bus_message AS m
    WHERE m.topic = p.topic AND m.partition = p.partition) AS kept
  WHERE p.topic = ANY($2) ORDER BY 1, 2`;

const sinceSql = `
  SELECT p.topic, p.partition, COALESCE(min(m.message_offset), p.next_offset) AS place
  FROM bus_partition AS p
  LEFT JOIN bus_message AS m ON m.topic = p.topic AND m.partition = p.partition AND m.published_at >= $2
  WHERE p.topic = ANY($1) GROUP BY p.topic, p.partition ORDER BY 1, 2`;

// A new epoch voids what a member that we took for gone might still commit.
const setSql = `
  INSERT INTO bus_claim AS c (group_name, topic, partition, committed)
  SELECT $1, place.* FROM unnest($2::text[], $3::smallint[], $4::bigint[]) AS place
  ON CONFLICT (group_name, topic, partition) DO UPDATE
  SET committed = EXCLUDED.committed, epoch = c.epoch + 1, owner = NULL, lease_until = NULL`;

/** Looks at the log in PostgreSQL. */
export class EmbeddedOperator implements BusOperator {
  constructor(private readonly pool: pg.Pool) {}

  async positions(group: string, topics: readonly string[]): Promise<GroupPosition[]> {
    const { rows } = await this.pool.query<PositionRow>(positionsSql, [group, topics]);
    return rows.map(({ topic, partition, first, next, ending }) => ({
      ...{ topic, partition, first: BigInt(first), next: BigInt(next), end: BigInt(ending) },
    }));
  }

  async placesSince(topics: readonly string[], since: Date): Promise<Place[]> {
    const { rows } = await this.pool.query<PlaceRow>(sinceSql, [topics, since]);
    return rows.map(({ topic, partition, place }) => ({ topic, partition, offset: BigInt(place) }));
  }

  async setPositions(group: string, places: readonly Place[]): Promise<void> {
    const { rowCount } = await this.pool.query(
      'SELECT 1 FROM bus_member WHERE group_name = $1 AND alive_until > now()',
      [group],
    );
    if (rowCount) throw new GroupIsActive(group);
    await this.pool.query(setSql, [
      group,
      places.map(({ topic }) => topic),
      places.map(({ partition }) => partition),
      places.map(({ offset }) => offset.toString()),
    ]);
  }
}
