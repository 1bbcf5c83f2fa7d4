import type { EntityManager } from 'typeorm';
import type { TimelineEntry, TimelineStore } from '../../ports.js';

export class PostgresTimelineStore implements TimelineStore {
  constructor(
    private readonly tx: EntityManager,
    private readonly now: () => Date,
  ) {}

  async add(runnerId: string, { kind, message, actor }: TimelineEntry): Promise<void> {
    await this.tx.query(
      `INSERT INTO timeline (organization_id, runner_id, at, kind, message, actor)
       VALUES (cleanroom_organization(), $1, $2, $3, $4, $5)`,
      [runnerId, this.now(), kind, message.slice(0, 500), actor],
    );
  }

  /** The latest first. `timeline.id`, because `id` would sort by the text that is returned. */
  page(
    runnerId: string,
    limit: number,
    beforeId: string | undefined,
  ): Promise<(TimelineEntry & { id: string; at: Date })[]> {
    return this.tx.query(
      `SELECT id::text, at, kind, message, actor FROM timeline
       WHERE runner_id = $1 AND ($3::bigint IS NULL OR id < $3) ORDER BY timeline.id DESC LIMIT $2`,
      [runnerId, limit, beforeId ?? null],
    );
  }
}
