import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@cleanroom/testing';
import type { Installation } from './installation.js';
import { makePool } from './make-pool.js';
import { seeded } from './random.js';
import { untilAll } from './runner-states.js';

const TAG = 'first-call';
/** Longer than the measurement, so that every further job needs a machine of its own. */
const JOB_SECONDS = 3_600;
/** Jobs come at any phase of what the services do periodically. */
const PAUSE_MS = { least: 300, spread: 1_500 };

/** Real milliseconds from a queued job, with nobody free to take it, to `POST /servers` at Hetzner, for each of `samples`. */
export async function measureFirstCall(installation: Installation, samples: number): Promise<number[]> {
  const { ask, simulators } = installation;
  const poolId = await makePool(installation, TAG, samples);
  await untilAll(ask, poolId, { state: 'ASLEEP', count: samples, within: 120_000 });
  await eventually(async () => {
    const calls = await simulators.gitlabCalls();
    return calls.some(
      ({ operation, status }) => /^create_(group|project)_hook$/.test(operation) && status === 201,
    );
  });
  const random = seeded(7);
  const times: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    await pause(PAUSE_MS.least + random() * PAUSE_MS.spread);
    const queued = Date.now();
    await simulators.queueJobs(TAG, JOB_SECONDS);
    times.push((await nthOrder(installation, poolId, sample)) - queued);
  }
  return times;
}

/** When Hetzner was told to create the pool's n-th machine. */
function nthOrder({ simulators }: Installation, poolId: string, index: number): Promise<number> {
  return eventually(
    async () => {
      const { calls, servers } = await simulators.hetzner();
      const own = new Set(
        servers.filter(({ labels }) => labels['cleanroom-pool'] === poolId).map(({ id }) => id),
      );
      const orders = calls.filter(
        ({ operation, resourceId }) =>
          operation === 'create_server' && resourceId !== null && own.has(resourceId),
      );
      const order = orders[index];
      return order !== undefined && Date.parse(order.realAt);
    },
    { within: 60_000, every: 250 },
  );
}
