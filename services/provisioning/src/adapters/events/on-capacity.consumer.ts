import { topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { makeDue } from '@cleanroom/persistence';
import { currentTraceParent } from '@cleanroom/service-kit';

/** Learns how many runners of a pool are to be awake, and has them chosen in the trace of what asked for them. */
export const onCapacity = (clock: Clock) =>
  consumer(topics.capacity, async (tx, { message, version }) => {
    await tx.query(
      `UPDATE pool SET wanted = $2, wanted_because = $3, decision_version = $4 WHERE id = $1 AND decision_version < $4`,
      [message.poolId, message.wanted, message.because, version.toString()],
    );
    await makeDue(tx, 'pool', message.poolId, clock.now(), currentTraceParent());
  });
