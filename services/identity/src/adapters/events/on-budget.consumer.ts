import { topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { makeDue } from '@cleanroom/persistence';
import { knownBudgets } from '@cleanroom/service-kit';

/** Learns whether a budget blocks. A new one, or none, may have room for addresses that the one before had none for. */
export const onBudget = (clock: Clock) =>
  consumer(topics.budget, async (tx, { message, organizationId, version }) => {
    const { scopeId, holds, blocks } = message;
    if (!(await knownBudgets(tx).keep({ scopeId, version, holds, blocks }))) return;
    const covered = scopeId === organizationId ? 'organization_id = $1' : 'pool_id = $1';
    const waiting: { id: string }[] = await tx.query(
      `SELECT id FROM static_ip WHERE status = 'RESERVING' AND payment IN ('ASKED', 'REFUSED') AND ${covered} ORDER BY id`,
      [scopeId],
    );
    for (const { id } of waiting) await makeDue(tx, 'static_ip', id, clock.now());
  });
