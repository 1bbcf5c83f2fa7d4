import { inOrganization, type Database } from '@cleanroom/persistence';
import type { Consumer } from './consumer.js';
import { findDeadLetter } from './dead-letters.js';
import { processInTrace } from './event-spans.js';
import { markHandled } from './inbox.js';
import { parseEvent } from './parse-event.js';

/** Handles a parked message: effect, inbox mark and the letter's end are one transaction. */
export async function replay(
  db: Database,
  consumers: ReadonlyMap<string, Consumer>,
  id: string,
): Promise<boolean> {
  const letter = await findDeadLetter(db, id);
  const consumer = letter && consumers.get(letter.topic);
  if (!consumer) return false;
  const event = parseEvent(consumer.topic, letter);
  await processInTrace(letter, () =>
    inOrganization(db, event.organizationId, async (tx) => {
      const [marked] = await markHandled(tx, [event], 'parked');
      if (marked) await consumer.handle(tx, event);
      await tx.query('DELETE FROM dead_letter WHERE id = $1', [id]);
    }),
  );
  return true;
}
