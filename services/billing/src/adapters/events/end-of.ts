import { timestampDate, type Timestamp } from '@bufbuild/protobuf/wkt';
import { endBetween } from '../../domain/meter.js';

/** The end that two bounds of an event give to a meter; open while nothing says that the thing is gone. */
export function endOf(
  startedAt: Date,
  lastSeenAt: Timestamp | undefined,
  goneAt: Timestamp | undefined,
): { endedAt: Date | null; estimated: boolean } {
  if (!goneAt) return { endedAt: null, estimated: false };
  const gone = timestampDate(goneAt);
  return endBetween(
    startedAt,
    lastSeenAt ? timestampDate(lastSeenAt) : startedAt,
    gone < startedAt ? startedAt : gone,
  );
}
