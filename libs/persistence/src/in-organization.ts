import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { runBeforeCommit } from './before-commit.js';
import type { Database } from './database.js';
import { isDeadlock } from './is-deadlock.js';

/** A victim that is chosen this often in a row has met a bug and not bad luck. */
const MOST_ATTEMPTS = 4;
/**
 * At once the victim would take its first row again before the other, just woken, does, and they would meet anew. Where
 * they do all the same, the computer has much to do, and the next pause is longer.
 */
const FIRST_PAUSE_MS = 50;

/**
 * One transaction that sees and changes one organisation's rows only: row-level security reads the setting that is
 * local to the transaction, so that a pooled connection carries nothing over to the next one.
 *
 * Never open another transaction inside `work`: it would wait for a second connection while holding the first.
 *
 * When PostgreSQL chooses the transaction to break a deadlock nothing of it has happened, and `work` runs again from its
 * start: it must speak to nobody but the database.
 */
export async function inOrganization<T>(
  db: Database,
  organizationId: string,
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  if (!organizationId) throw new RangeError('a transaction needs an organisation');
  const attempt = () =>
    db.app.transaction(async (tx) => {
      await tx.query(`SELECT set_config('cleanroom.organization', $1, true)`, [organizationId]);
      return runBeforeCommit(tx, work);
    });
  for (let left = MOST_ATTEMPTS - 1; left > 0; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (!isDeadlock(error)) throw error;
      await sleep((MOST_ATTEMPTS - left) * FIRST_PAUSE_MS * (0.5 + Math.random()));
    }
  }
  return attempt();
}
