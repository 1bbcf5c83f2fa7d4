import { eventually } from '@cleanroom/testing';
import type { Installation } from './installation.js';
import { makePool } from './make-pool.js';
import { processMemory, totalOf } from './process-memory.js';
import { untilAll } from './runner-states.js';

const TAG = 'lives';
const JOB_SECONDS = 60;
const SAMPLE_EVERY_MS = 2_000;
const WITHIN_MS = 1_200_000;

const PAUSE = `mutation($id: ID!) { pauseRunnerPool(id: $id, paused: true) { userErrors { code } } }`;

/** What many runner lives at once took; times are real seconds since the jobs were queued. */
export interface Lives {
  readonly picked: number;
  readonly finished: number;
  readonly asleep: number;
  /** MiB of all processes before, and at the worst moment. */
  readonly memoryBefore: number;
  readonly memoryPeak: number;
  /** MiB of each process at its own worst moment. */
  readonly peaks: ReadonlyMap<string, number>;
  readonly jobsLost: number;
  readonly machines: number;
  readonly rebuilds: number;
  /** Successful calls to Hetzner during the lives by operation. */
  readonly calls: ReadonlyMap<string, number>;
  readonly refusals: number;
}

/** Wakes so many runners at the same moment, gives each a job, pauses the pool and waits until all its machines are gone. */
export async function measureLives(installation: Installation, count: number): Promise<Lives> {
  const { ask, simulators } = installation;
  const poolId = await makePool(installation, TAG, count);
  await untilAll(ask, poolId, { state: 'ASLEEP', count, within: WITHIN_MS });
  const callsBefore = (await simulators.hetzner()).calls.length;
  const memory = watchMemory(installation);
  const began = performance.now();
  const since = (): number => (performance.now() - began) / 1000;
  const ids = new Set(await simulators.queueJobs(TAG, JOB_SECONDS, count));
  const all = async (of: 'pickedAt' | 'finishedAt'): Promise<number> => {
    const done = async (): Promise<boolean> =>
      (await simulators.jobs()).every((job) => !ids.has(job.jobId) || job[of] !== null);
    await eventually(done, { within: WITHIN_MS, every: 1_000 });
    return since();
  };
  const [picked, finished] = [await all('pickedAt'), await all('finishedAt')];
  // Else each machine would be kept until its paid hour is nearly over.
  await ask(PAUSE, { id: poolId });
  await untilAll(ask, poolId, { state: 'ASLEEP', count, within: WITHIN_MS });
  const asleep = since();
  const jobsLost = (await simulators.jobs()).filter(
    ({ jobId, status }) => ids.has(jobId) && status !== 'success',
  ).length;
  return {
    picked,
    finished,
    asleep,
    jobsLost,
    ...memory.stop(),
    ...(await ledgerOf(installation, poolId, callsBefore)),
  };
}

async function ledgerOf({ simulators }: Installation, poolId: string, callsBefore: number) {
  const { calls, servers } = await simulators.hetzner();
  const own = servers.filter(({ labels }) => labels['cleanroom-pool'] === poolId);
  const counted = new Map<string, number>();
  const during = calls.slice(callsBefore);
  const good = during.filter(({ status }) => status !== null && status < 400);
  for (const { operation } of good) counted.set(operation ?? '?', (counted.get(operation ?? '?') ?? 0) + 1);
  return {
    machines: own.length,
    rebuilds: own.reduce((sum, { rebuilds }) => sum + rebuilds.length, 0),
    calls: counted,
    refusals: during.length - good.length,
  };
}

function watchMemory({ system }: Installation) {
  const memoryBefore = totalOf(processMemory(system.children));
  const peaks = new Map<string, number>();
  let memoryPeak = memoryBefore;
  const timer = setInterval(() => {
    const memory = processMemory(system.children);
    memoryPeak = Math.max(memoryPeak, totalOf(memory));
    for (const [name, used] of memory) peaks.set(name, Math.max(peaks.get(name) ?? 0, used));
  }, SAMPLE_EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return { memoryBefore, memoryPeak, peaks };
    },
  };
}
