import type { Clock } from '@cleanroom/kernel';
import { makeDue } from '@cleanroom/persistence';
import { currentTraceParent } from '@cleanroom/service-kit';
import type { EntityManager } from 'typeorm';

/** Has all living runners that meet a condition looked at now; two that wake the same ones take them in the same order. */
export async function wakeRunnersWhere(
  tx: EntityManager,
  clock: Clock,
  condition: string,
  parameter: unknown,
): Promise<void> {
  const rows: { id: string }[] = await tx.query(
    `SELECT id FROM runner WHERE state <> 'DELETED' AND ${condition} ORDER BY id`,
    [parameter],
  );
  for (const { id } of rows) await makeDue(tx, 'runner', id, clock.now(), currentTraceParent());
}
