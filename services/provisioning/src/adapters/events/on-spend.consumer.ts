import { timestampDate } from '@bufbuild/protobuf/wkt';
import { topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { knownBudgets } from '@cleanroom/service-kit';
import { provisioningTransaction } from '../postgres/transactions.js';
import { wakeRunnersWhere } from './wake-runners.js';

/** Learns whether a machine may cost what it asked for. A refusal holds for everything under the same budget. */
export const onSpend = (clock: Clock) =>
  consumer(topics.spend, async (tx, { message, version }) => {
    const { machineId, runnerId, hoursAsked, hoursGranted, reason, exhaustedScopeId, retryAt } = message;
    const [heard]: [unknown[], number] = await tx.query(
      `UPDATE machine SET hours_granted = $2, hours_decided = $3, spend_reason = $4, spend_version = $5
       WHERE id = $1 AND spend_version < $5 RETURNING id`,
      [machineId, hoursGranted, hoursAsked, reason, version.toString()],
    );
    if (heard.length === 0) return;
    if (exhaustedScopeId && retryAt)
      await knownBudgets(tx).refuse({
        scopeId: exhaustedScopeId,
        version: message.exhaustedVersion,
        until: timestampDate(retryAt),
        because: reason,
      });
    const isWarned = hoursGranted === hoursAsked && reason !== '' && hoursAsked === 1;
    if (isWarned) {
      const warning = `ordered all the same: ${reason}, and only warns`;
      const entry = { kind: 'BUDGET_EXHAUSTED', message: warning, actor: 'billing' } as const;
      await provisioningTransaction(tx, clock).timeline.add(runnerId, entry);
    }
    await wakeRunnersWhere(tx, clock, 'id = $1', runnerId);
  });
