import { topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { wakeRunnersWhere } from './wake-runners.js';

/** Learns for which generation of a machine its firewalls were seen in force; 0 when they are not. */
export const onMachineProtection = (clock: Clock) =>
  consumer(topics.machineProtection, async (tx, { message, version }) => {
    await tx.query(
      `UPDATE machine SET protection_version = $2, protected_generation = $3,
         unprotected_since = CASE WHEN $3 = 0 THEN coalesce(unprotected_since, $4::timestamptz) END
       WHERE id = $1 AND protection_version < $2`,
      [message.machineId, version.toString(), message.protected ? message.generation : 0, clock.now()],
    );
    await wakeRunnersWhere(tx, clock, 'id = $1', message.runnerId);
  });
