import type { EventBus } from '@cleanroom/messaging';
import { setTimeout as sleep } from 'node:timers/promises';
import { noBacklog, readBacklog } from './backlog.js';
import { eventually } from './eventually.js';
import { readFleet } from './fleet.js';
import type { TestInstallation } from './installation.js';
import { stateDigest } from './state-digest.js';
import { unfinishedWork } from './unfinished-work.js';

/** Nothing takes so long, however busy the computer is. */
const PATIENT = { within: 180_000, every: 500 };
/** Longer than every look that is taken again and again at ten times real speed, but that after hooks; retries apart. */
const AT_REST_MS = 15_000;

/** Pauses every pool until nothing changes any more, and returns the digest of all states. */
export async function comeToRest(
  installation: TestInstallation,
  bus: EventBus,
): Promise<Record<string, string>> {
  const pools = new Set((await readFleet(installation.ask)).map(({ pool }) => pool.id));
  for (const id of pools) await pauseForGood(installation, id);
  await eventually(async () => {
    expect((await readFleet(installation.ask)).filter(({ state }) => state !== 'ASLEEP')).toEqual([]);
    expect(await installation.hetzner.livingServers()).toEqual([]);
  }, PATIENT);
  await eventually(async () => expect(await readBacklog(installation, bus)).toEqual(noBacklog), PATIENT);
  const noUnfinishedWork = async () => expect(await unfinishedWork(installation.system)).toEqual([]);
  await eventually(noUnfinishedWork, PATIENT);
  let atRest = await stateDigest(installation.system);
  await eventually(async () => {
    const before = atRest;
    await sleep(AT_REST_MS);
    atRest = await stateDigest(installation.system);
    await noUnfinishedWork();
    expect(atRest).toEqual(before);
  }, PATIENT);
  return atRest;
}

/** Without a schedule, too: a window that opens or closes is a change. */
const pauseForGood = ({ ask }: TestInstallation, id: string): Promise<unknown> =>
  ask(
    `mutation($id: ID!) {
       assignSchedule(poolId: $id) { userErrors { code } }
       pauseRunnerPool(id: $id, paused: true) { userErrors { code } } }`,
    { id },
  );
