import { setTimeout as sleep } from 'node:timers/promises';

/** Real time that an event may be on its way before an id counts as unknown. */
const LONGEST_WAIT_MS = 3_000;
const LOOK_EVERY_MS = 100;

/** Gives news that are on their way the time to arrive: resolves once `isKnown` says so, or after 3 s. */
export const awaitKnown = async (isKnown: () => Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + LONGEST_WAIT_MS;
  while (!(await isKnown()) && performance.now() < deadline) await sleep(LOOK_EVERY_MS);
};
