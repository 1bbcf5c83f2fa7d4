import { StaticIpStatus, StaticIpTrouble, topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { makeDue } from '@cleanroom/persistence';
import { currentTraceParent } from '@cleanroom/service-kit';
import type { RunnerTrouble } from '../../domain/runner.js';
import { wakeRunnersWhere } from './wake-runners.js';

const troubleOf: Record<StaticIpTrouble, RunnerTrouble | null> = {
  [StaticIpTrouble.UNSPECIFIED]: null,
  [StaticIpTrouble.CREDENTIALS]: 'CREDENTIALS',
  [StaticIpTrouble.LIMIT]: 'LIMIT',
};

/** Whether the runner is without an address, or was until this message. */
const LACKS_ADDRESS = `(state = 'REQUESTED' OR (state = 'ASLEEP' AND (primary_ip_id = 0 OR $4::bigint = 0)))`;

/**
 * Learns a runner's static IP, and with it its location; or that it is gone, with which the runner's life ends. Without
 * an address a runner cannot be woken, and says why; another of its pool may have to be instead.
 */
export const onStaticIp = (clock: Clock) =>
  consumer(topics.staticIp, async (tx, { message, version }) => {
    const leased = message.status === StaticIpStatus.ACTIVE || message.status === StaticIpStatus.QUARANTINED;
    const released = message.status === StaticIpStatus.RELEASED;
    const [heard]: [{ pool_id: string }[], number] = await tx.query(
      `UPDATE runner SET static_ip_version = $2, ip_released = $3, primary_ip_id = $4::bigint, address = $5, location = $6,
         state_reason = CASE WHEN ${LACKS_ADDRESS} THEN nullif($7, '') ELSE state_reason END,
         trouble = CASE WHEN ${LACKS_ADDRESS} THEN $8 ELSE trouble END,
         held_by_budget = held_by_budget AND NOT ${LACKS_ADDRESS},
         retry_at = CASE WHEN primary_ip_id <> $4::bigint THEN NULL ELSE retry_at END
       WHERE id = $1 AND static_ip_version < $2 RETURNING pool_id`,
      [
        message.runnerId,
        version.toString(),
        released,
        leased ? message.primaryIpId.toString() : '0',
        leased ? message.address : null,
        message.location || null,
        message.reason,
        troubleOf[message.trouble],
      ],
    );
    for (const { pool_id: id } of heard) await makeDue(tx, 'pool', id, clock.now(), currentTraceParent());
    await wakeRunnersWhere(tx, clock, 'id = $1', message.runnerId);
  });
