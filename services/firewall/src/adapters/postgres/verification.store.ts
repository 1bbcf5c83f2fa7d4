import { makeDue } from '@cleanroom/persistence';
import type { EntityManager } from 'typeorm';
import { lookSoonSeconds, secondsAfter } from '../../domain/check-intervals.js';
import type { VerificationStore } from '../../ports.js';

export class PostgresVerificationStore implements VerificationStore {
  constructor(
    private readonly tx: EntityManager,
    private readonly now: Date,
  ) {}

  async looked(hetznerProjectId: string, at: Date): Promise<void> {
    await this.tx.query(`UPDATE verification SET looked_at = greatest(looked_at, $2) WHERE id = $1`, [
      hetznerProjectId,
      at,
    ]);
  }

  async soon(hetznerProjectId: string): Promise<void> {
    const [found]: { machines: number }[] = await this.tx.query(
      `SELECT count(*)::int AS machines FROM machine WHERE hetzner_project_id = $1 AND NOT deleted`,
      [hetznerProjectId],
    );
    const at = secondsAfter(this.now, lookSoonSeconds(found?.machines ?? 0));
    await makeDue(this.tx, 'verification', hetznerProjectId, at);
  }
}
