import { setTimeout as sleep } from 'node:timers/promises';
import { askForReplay, findDeadLetter, type WorkerQueries } from '@cleanroom/messaging';
import type { Told } from './told.js';
import { withDatabase } from './with-database.js';
import type { EventPlaces } from './event-places.js';

const WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 200;

/** Asks the service to try these letters again, waits, and says of each what came of it. */
export function replayLetters(places: EventPlaces, service: string, ids: readonly string[]): Promise<Told> {
  return withDatabase(places, service, async (db) => {
    const known = await Promise.all(ids.map(async (id) => Boolean(await findDeadLetter(db, id))));
    await askForReplay(db, ids);
    const deadline = performance.now() + WITHIN_MS;
    const outcomes = ids.map((id, i) =>
      known[i] ? outcomeOf(db, service, id, deadline) : `There is no letter ${id}.`,
    );
    return { text: (await Promise.all(outcomes)).join('\n'), found: known.every(Boolean) };
  });
}

async function outcomeOf(db: WorkerQueries, service: string, id: string, deadline: number): Promise<string> {
  for (;;) {
    const letter = await findDeadLetter(db, id);
    if (!letter) return `${id}: handled.`;
    if (letter.replayFailedAt) return `${id}: failed again: ${letter.detail.split('\n')[0]}`;
    if (performance.now() > deadline)
      return letter.replayAskedAt
        ? `${id}: asked for. It is tried when ${service} runs.`
        : `${id}: being tried, without an end so far.`;
    await sleep(LOOK_EVERY_MS);
  }
}
