import type { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { ask, type Address } from './load.js';

/** How fast time passes, and when all is over. */
export interface Pace {
  /** Seconds of the clock in a second of real time. */
  readonly factor: number;
  readonly stop: AbortSignal;
}

interface Picked {
  readonly id: number;
  readonly token: string;
  readonly steps: readonly { readonly script: readonly string[] }[];
}

/** Between two questions for a job, in seconds of the clock; a real runner asks every three. */
const POLL_SECONDS = 120;
/** The longest silence of a job, in seconds of the clock; GitLab gives up one that is silent for an hour. */
const SIGN_OF_LIFE_SECONDS = 300;
const LINE = 'still at work\n';

/** Takes jobs and does them, as a runner whose jobs only sleep. Resolves when it is stopped. */
export async function runJobs(to: Address, agent: Agent, token: string, pace: Pace): Promise<void> {
  while (!pace.stop.aborted) {
    const body = { token, system_id: 's_0123456789ab' };
    const answer = await ask(to, agent, { method: 'POST', path: '/jobs/request', body });
    if (answer === '') await sleep(POLL_SECONDS, pace);
    else await work(to, agent, JSON.parse(answer) as Picked, pace);
  }
}

async function work(to: Address, agent: Agent, { id, token, steps }: Picked, pace: Pace): Promise<void> {
  let left = Number(/^sleep ([\d.]+)$/.exec(steps[0]?.script[0] ?? '')?.[1]);
  for (let size = 0; left > 0; size += LINE.length) {
    await sleep(Math.min(left, SIGN_OF_LIFE_SECONDS), pace);
    left -= SIGN_OF_LIFE_SECONDS;
    const headers = { 'job-token': token, 'content-range': `${size}-${size + LINE.length - 1}` };
    await ask(to, agent, { method: 'PATCH', path: `/jobs/${id}/trace`, body: LINE, headers });
  }
  await ask(to, agent, { method: 'PUT', path: `/jobs/${id}`, body: { token, state: 'success' } });
}

const sleep = async (seconds: number, { factor, stop }: Pace): Promise<void> =>
  pause((seconds * 1000) / factor, undefined, { signal: stop }).catch(() => undefined);
