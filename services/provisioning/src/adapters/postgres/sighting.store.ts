import type { EntityManager } from 'typeorm';
import type { SightingStore } from '../../ports.js';

export class PostgresSightingStore implements SightingStore {
  constructor(private readonly tx: EntityManager) {}

  async of(sourceId: string): Promise<Set<number>> {
    const rows: { stray_id: string }[] = await this.tx.query(
      `SELECT stray_id FROM sighting WHERE source_id = $1`,
      [sourceId],
    );
    return new Set(rows.map((row) => Number(row.stray_id)));
  }

  async remember(sourceId: string, ids: readonly number[], braked: boolean): Promise<void> {
    await this.tx.query(`DELETE FROM sighting WHERE source_id = $1`, [sourceId]);
    await this.tx.query(
      `INSERT INTO sighting (organization_id, source_id, stray_id, braked)
       SELECT cleanroom_organization(), $1, unnest($2::bigint[]), $3`,
      [sourceId, ids, braked],
    );
  }
}
