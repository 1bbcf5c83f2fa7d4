import { eventually } from '../eventually.js';
import type { TestInstallation } from '../installation.js';
import type { Strike, Weather } from './forecast.js';

/** Jobs of a machine that never boots wait for its deadline, a minute of real time. */
const WITHIN_MS = 240_000;
/** What GitLab says of a job for which no runner was there for an hour of its clock: a minute of ours. */
const GIVEN_UP = 'stuck_pending_no_matching_runners';
/** With what a restart takes besides, no runner may be there for that hour. */
const LONG_AWAY_MS = 30_000;
/** A machine that never boots is given up at its deadline, which is that hour. */
const NEVER_BOOTS_MS = 60_000;

/**
 * Waits until these jobs have all been done. One that GitLab gave up, because everything or its machine was away for
 * as long as it waits, is queued again as its author would; in a weather without such an outage that is a job lost.
 */
export async function jobsAreDone(
  { gitlab }: TestInstallation,
  jobIds: readonly number[],
  weather: Weather,
): Promise<void> {
  const mayGiveUp = awayMsIn(weather) >= LONG_AWAY_MS;
  const waiting = new Set(jobIds);
  await eventually(
    async () => {
      const jobs = await gitlab.jobs([...waiting]);
      for (const { jobId } of jobs.filter(({ status }) => status === 'success')) waiting.delete(jobId);
      for (const { jobId } of jobs.filter(({ failureReason }) => mayGiveUp && failureReason === GIVEN_UP)) {
        for (const again of await gitlab.queueJobs()) waiting.add(again);
        waiting.delete(jobId);
      }
      expect(jobs.filter(({ jobId }) => waiting.has(jobId))).toEqual([]);
      expect([...waiting]).toEqual([]);
    },
    { within: WITHIN_MS, every: 500 },
  );
}

const awayMsIn = ({ strikes, machines }: Weather): number =>
  strikes.reduce((sum, strike) => sum + awayMsOf(strike), 0) +
  machines.filter((what) => what === 'never_boots').length * NEVER_BOOTS_MS;

const awayMsOf = (strike: Strike): number => ('awayMs' in strike ? strike.awayMs : 0);
