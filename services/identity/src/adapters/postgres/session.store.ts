import { insertion } from '@cleanroom/persistence';
import type { EntityManager } from 'typeorm';
import type { Session } from '../../domain/session.js';
import type { SessionStore } from '../../ports.js';

/** The sessions of one organisation, in PostgreSQL. */
export class PostgresSessionStore implements SessionStore {
  constructor(private readonly tx: EntityManager) {}

  async insert(session: Session): Promise<void> {
    const row = { ...session, hash: Buffer.from(session.hash) };
    const { columns, placeholders, values } = insertion(row);
    await this.tx.query(`INSERT INTO session (${columns}) VALUES (${placeholders})`, values);
  }

  async delete(hash: Uint8Array): Promise<boolean> {
    const [, deleted]: [unknown, number] = await this.tx.query(`DELETE FROM session WHERE hash = $1`, [
      Buffer.from(hash),
    ]);
    return deleted > 0;
  }

  async forgetEnded(now: Date): Promise<void> {
    await this.tx.query(
      `DELETE FROM session WHERE organization_id = cleanroom_organization() AND expires_at <= $1`,
      [now],
    );
  }
}
