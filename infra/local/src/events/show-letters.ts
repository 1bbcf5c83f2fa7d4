import { findDeadLetter, listDeadLetters, type DeadLetter } from '@cleanroom/messaging';
import { StopWithMessage } from '../stop-with-message.js';
import type { Told } from './told.js';
import { table } from './table.js';
import { withDatabase } from './with-database.js';
import type { EventPlaces } from './event-places.js';

/** More would be no list for a person. */
const MOST = 100;
const DETAIL_CHARACTERS = 60;

const briefly = ({ detail }: DeadLetter): string => (detail.split('\n')[0] ?? '').slice(0, DETAIL_CHARACTERS);

/** The messages that services put aside, oldest first. */
export async function showLetters(places: EventPlaces, service?: string): Promise<string> {
  const services = service ? [service] : Object.keys(places.databases);
  if (services.length === 0)
    throw new StopWithMessage('Letters lie in databases; CLEANROOM_DATABASE_WORKER_URLS names them.');
  const found = await Promise.all(
    services.map(async (name) => {
      const letters = await withDatabase(places, name, (db) => listDeadLetters(db, MOST));
      return letters.map((letter) => [
        name,
        letter.id,
        letter.parkedAt.toISOString(),
        letter.topic,
        letter.key,
        letter.reason,
        briefly(letter),
      ]);
    }),
  );
  const rows = found.flat();
  if (rows.length === 0) return 'Nothing was put aside.';
  return table(['service', 'id', 'since', 'topic', 'key', 'reason', 'detail'], rows);
}

/** Letters with all that is known of them but their content, which is the customer's. */
export async function showLetter(
  places: EventPlaces,
  service: string,
  ids: readonly string[],
): Promise<Told> {
  const letters = await withDatabase(places, service, (db) =>
    Promise.all(ids.map((id) => findDeadLetter(db, id))),
  );
  const text = letters
    .map((letter, i) => (letter ? describe(letter) : `There is no letter ${ids[i]}.`))
    .join('\n\n');
  return { text, found: letters.every(Boolean) };
}

function describe({ payload, detail, ...letter }: DeadLetter): string {
  const { headers, ...fields } = letter;
  const lines = Object.entries({ ...fields, ...headers, payload: `${payload.length} bytes` });
  const shown = lines.map(
    ([name, value]) => `${name.padEnd(24)}${value instanceof Date ? value.toISOString() : (value ?? '')}`,
  );
  return [...shown, '', detail].join('\n');
}
