import type { Database } from '@cleanroom/persistence';
import type { DescMessage } from '@bufbuild/protobuf';
import type { EntityManager } from 'typeorm';
import type { IncomingEvent } from './consumer.js';
import { deleteInPortions } from './delete-in-portions.js';

type Event = Pick<IncomingEvent<DescMessage>, 'topic' | 'id' | 'organizationId'>;

/** How often an event was tried; undefined where it is settled already. */
export interface Attempts {
  readonly started: number;
  readonly finished: number;
}

// In the order of its index: what a portion before this one deleted is not looked at again.
const pruneSql = `
  DELETE FROM inbox WHERE ctid = ANY (ARRAY(
    SELECT settled.ctid FROM inbox AS settled WHERE settled_at < now() - make_interval(hours => $1) AND NOT EXISTS (
      SELECT FROM dead_letter AS letter WHERE letter.topic = settled.topic AND letter.event_id = settled.event_id)
    ORDER BY settled_at LIMIT $2))`;

/**
 * What was handled already, and what was begun and never ended: an event that takes the whole process down leaves a
 * start without an end, and must not do so for ever.
 */
export class Inbox {
  /** Ends that could not be counted, because the database was away: it must not look as if the event had killed us. */
  readonly #owed = new Map<string, number>();

  constructor(private readonly db: Database) {}

  /**
   * Counts a start of each, at once and by itself. Says undefined of an event that was handled or parked before.
   *
   * @throws Error when an event is listed twice
   */
  async start(events: readonly Event[]): Promise<(Attempts | undefined)[]> {
    // It need not survive the machine, only the process: nobody waits for the disk.
    const rows = (await this.db.worker.query(
      `WITH lazy AS (SELECT set_config('synchronous_commit', 'off', true))
       INSERT INTO inbox AS seen (topic, event_id, organization_id, started, finished)
         SELECT topic, event_id, organization_id, 1, owed FROM lazy,
           unnest($1::text[], $2::text[], $3::text[], $4::int[]) AS fresh (topic, event_id, organization_id, owed)
       ON CONFLICT (topic, event_id) DO UPDATE SET started = seen.started + 1,
           finished = seen.finished + EXCLUDED.finished,
           alone = CASE WHEN EXCLUDED.finished > 0 THEN 0 ELSE seen.alone END
         WHERE seen.outcome IS NULL
       RETURNING topic, event_id, started, finished`,
      [
        events.map(({ topic }) => topic),
        events.map(({ id }) => id),
        events.map(({ organizationId }) => organizationId),
        events.map(({ id }) => this.#owed.get(id) ?? 0),
      ],
    )) as (Attempts & { topic: string; event_id: string })[];
    for (const { id } of events) this.#owed.delete(id);
    const found = new Map(rows.map(({ topic, event_id, ...attempts }) => [`${topic} ${event_id}`, attempts]));
    return events.map(({ topic, id }) => found.get(`${topic} ${id}`));
  }

  /**
   * Counts a start with nothing else in hand. Returns how many of those in a row had no end, this one included;
   * undefined for an event that was settled meanwhile.
   */
  async startAlone({ topic, id }: Event): Promise<number | undefined> {
    const [[row]] = (await this.db.worker.query(
      `UPDATE inbox SET alone = alone + 1 WHERE topic = $1 AND event_id = $2 AND outcome IS NULL RETURNING alone`,
      [topic, id],
    )) as [{ alone: number }[], number];
    return row?.alone;
  }

  /** Counts an end without success. */
  async finish({ topic, id }: Event): Promise<void> {
    try {
      await this.db.worker.query(
        `UPDATE inbox SET finished = finished + 1, alone = 0 WHERE topic = $1 AND event_id = $2 AND outcome IS NULL`,
        [topic, id],
      );
    } catch (error) {
      this.#owed.set(id, (this.#owed.get(id) ?? 0) + 1);
      throw error;
    }
  }

  /**
   * Deletes what was settled longer ago than any bus keeps its messages. What is still put aside stays: when it is tried
   * again, this alone tells that it was not handled.
   */
  async prune(keptHours: number): Promise<void> {
    await deleteInPortions(async (atMost) => {
      const [, deleted] = (await this.db.worker.query(pruneSql, [keptHours, atMost])) as [unknown[], number];
      return deleted;
    });
  }
}

/**
 * Marks events as handled, in the transaction of their effects. Two transactions with the same event wait for each
 * other here.
 *
 * @returns those that were not settled before: for the others, and for one that is listed twice, there is nothing to do
 */
export async function markHandled<Marked extends Event>(
  tx: EntityManager,
  events: readonly Marked[],
  from: 'new' | 'parked' = 'new',
): Promise<Marked[]> {
  const [rows] = (await tx.query(
    `UPDATE inbox SET outcome = 'handled', settled_at = now()
       FROM unnest($1::text[], $2::text[]) AS wanted (topic, event_id)
     WHERE inbox.topic = wanted.topic AND inbox.event_id = wanted.event_id
       AND outcome IS NOT DISTINCT FROM $3
     RETURNING inbox.topic, inbox.event_id`,
    [events.map(({ topic }) => topic), events.map(({ id }) => id), from === 'parked' ? 'parked' : null],
  )) as [{ topic: string; event_id: string }[], number];
  const marked = new Set(rows.map(({ topic, event_id }) => `${topic} ${event_id}`));
  return events.filter(({ topic, id }) => marked.delete(`${topic} ${id}`));
}
