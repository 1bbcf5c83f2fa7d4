import { topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { knownBudgets } from '@cleanroom/service-kit';
import { wakeRunnersWhere } from './wake-runners.js';

/** Learns whether a budget holds. A new one may have room where the one before had none. */
export const onBudget = (clock: Clock) =>
  consumer(topics.budget, async (tx, { message, organizationId, version }) => {
    const { scopeId, holds, blocks } = message;
    if (!(await knownBudgets(tx).keep({ scopeId, version, holds, blocks }))) return;
    const covered = scopeId === organizationId ? 'organization_id = $1' : 'pool_id = $1';
    await wakeRunnersWhere(tx, clock, covered, scopeId);
  });
