import { listDeadLetters, type DeadLetter } from '@cleanroom/messaging';
import { replayLetters } from '../src/events/replay-letters.js';
import { withDatabase } from '../src/events/with-database.js';
import { serviceNames } from '../src/service-names.js';
import { eventPlaces } from './event-places.js';
import { eventually } from './eventually.js';
import type { TestInstallation } from './installation.js';

/**
 * Has what the services put aside tried again, as an operator would, until nothing is left of it. An event that happens to
 * be in hand at several kills in a row looks as if it were the killer, although something else was.
 */
export async function replayPutAside(installation: TestInstallation): Promise<void> {
  const places = eventPlaces(installation);
  const putAside = (name: string): Promise<DeadLetter[]> =>
    withDatabase(places, name, (db) => listDeadLetters(db));
  for (const name of serviceNames) {
    await eventually(
      async () => {
        const letters = await putAside(name);
        expect(letters.filter(({ reason }) => reason !== 'killed-process')).toEqual([]);
        const ids = letters.map(({ id }) => id);
        if (ids.length > 0) await replayLetters(places, name, ids);
        expect([name, ...(await putAside(name))]).toEqual([name]);
      },
      { within: 120_000 },
    );
  }
}
