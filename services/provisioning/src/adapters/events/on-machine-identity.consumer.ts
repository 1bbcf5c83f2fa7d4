import { EnrolmentStatus, topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { wakeRunnersWhere } from './wake-runners.js';

/** Learns that a machine has enrolled, or that its ticket was used twice. */
export const onMachineIdentity = (clock: Clock) =>
  consumer(topics.machineIdentity, async (tx, { message, version }) => {
    await tx.query(
      `UPDATE machine SET identity_version = $2, enrolled_generation = $3, quarantined = quarantined OR $4
       WHERE id = $1 AND identity_version < $2`,
      [
        message.machineId,
        version.toString(),
        message.generation,
        message.status === EnrolmentStatus.QUARANTINED,
      ],
    );
    await wakeRunnersWhere(tx, clock, 'id = $1', message.runnerId);
  });
