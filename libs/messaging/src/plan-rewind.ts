import type { GroupPosition, Place } from './bus-operator.js';

/** One partition that a group would read again. */
export interface RewindStep extends Place {
  /** Where it stands now. */
  readonly from: bigint;
}

/**
 * Sets a group back to places, or to the oldest that is kept, and never forward: a rewind repeats and skips nothing.
 * Partitions that would stay where they are are left out.
 */
export function planRewind(positions: readonly GroupPosition[], places?: readonly Place[]): RewindStep[] {
  return positions.flatMap(({ topic, partition, first, next }) => {
    const place = places?.find((one) => one.topic === topic && one.partition === partition);
    const offset = place && place.offset > first ? place.offset : first;
    return (places && !place) || offset >= next ? [] : [{ topic, partition, offset, from: next }];
  });
}
