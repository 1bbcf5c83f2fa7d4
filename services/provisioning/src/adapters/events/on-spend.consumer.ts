import { timestampDate } from '@bufbuild/protobuf/wkt';
import { topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { knownBudgets } from '@cleanroom/service-kit';
import { provisioningTransaction } from '../postgres/transactions.js';
import { wakeRunnersWhere } from './wake-runners.js';

const BUDGET_USED_UP = { kind: 'BUDGET_EXHAUSTED', actor: 'billing' } as const;

/** Learns whether a machine may cost what it asked for. A refusal holds for everything under the same budget; a warning is told once. */
export const onSpend = (clock: Clock) =>
  consumer(topics.spend, async (tx, { message, version }) => {
    const { machineId, runnerId, hoursAsked, hoursGranted, reason, exhaustedScopeId, retryAt } = message;
    const [[heard]]: [{ reason_before: string | null }[], number] = await tx.query(
      `WITH before AS (SELECT spend_reason FROM machine WHERE id = $1)
       UPDATE machine SET hours_granted = $2, hours_decided = $3, spend_reason = $4, spend_version = $5
       WHERE id = $1 AND spend_version < $5 RETURNING (SELECT spend_reason FROM before) AS reason_before`,
      [machineId, hoursGranted, hoursAsked, reason, version.toString()],
    );
    if (!heard) return;
    if (exhaustedScopeId && retryAt)
      await knownBudgets(tx).refuse({
        scopeId: exhaustedScopeId,
        version: message.exhaustedVersion,
        until: timestampDate(retryAt),
        because: reason,
      });
    const isWarned = hoursGranted === hoursAsked && reason !== '' && !heard.reason_before;
    if (isWarned) {
      const done = hoursAsked === 1 ? 'ordered' : 'kept';
      const message = `${done} all the same: ${reason}, and only warns`;
      await provisioningTransaction(tx, clock).timeline.add(runnerId, { ...BUDGET_USED_UP, message });
    }
    await wakeRunnersWhere(tx, clock, 'id = $1', runnerId);
  });
