import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { gitlabProgram } from './gitlab-program.js';
import { ask, type Address } from './load.js';
import { SimulatorProcess, TOKEN } from './simulator-process.js';
import { runJobs } from './stand-in-runner.js';

const RUNNERS = 40;
/** An hour of the clock in a second. */
const FACTOR = 3_600;
const MONDAY = Date.parse('2026-03-02T00:00:00+01:00');
const LONGEST_MS = 10 * 60_000;

/** What came of a week. */
export interface Week {
  readonly jobs: number;
  /** Not done at the end, for whatever reason. */
  readonly lost: number;
  /** Given to two runners, or ended twice. */
  readonly doubled: number;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly memory: number;
  /** From queueing to pick-up, in seconds of the clock. */
  readonly waitP95: number;
}

interface Statistics {
  readonly trace: { readonly jobs: number };
  readonly progress: {
    readonly finished: number;
    readonly statuses: Readonly<Record<string, number>>;
    readonly waitSeconds: { readonly p95: number };
  };
}

/** Plays a trace through a simulated GitLab under a fast clock, with runners that only sleep. */
export async function playWeek(trace: string): Promise<Week> {
  const clock = `${Date.now()}:${MONDAY}:${FACTOR}`;
  const simulator = await SimulatorProcess.start(gitlabProgram({ CLEANROOM_CLOCK: clock }));
  const agent = new Agent({ keepAlive: true });
  const api: Address = { port: simulator.port, prefix: '/api/v4', token: TOKEN };
  const controls: Address = { ...api, prefix: '/_sim' };
  const stop = new AbortController();
  try {
    const tokens = await createRunners(api, agent);
    const [began, cpu] = [performance.now(), simulator.cpuSeconds()];
    const body = { trace, projects: ['acme/web', 'acme/api'] };
    await ask(controls, agent, { method: 'POST', path: '/workload', body });
    const runners = tokens.map((token) => runJobs(api, agent, token, { factor: FACTOR, stop: stop.signal }));
    const { trace: played, progress } = await Promise.race([finished(controls, agent), ...failures(runners)]);
    const wallSeconds = (performance.now() - began) / 1000;
    const doubled = await doubledJobs(controls, agent);
    const lost = played.jobs - (progress.statuses.success ?? 0);
    const used = { cpuSeconds: simulator.cpuSeconds() - cpu, memory: simulator.memory() };
    stop.abort();
    await Promise.all(runners);
    return { jobs: played.jobs, lost, doubled, wallSeconds, ...used, waitP95: progress.waitSeconds.p95 };
  } finally {
    stop.abort();
    agent.destroy();
    await simulator.stop();
  }
}

/** A runner that fails ends the measurement; one that goes on does not. */
const failures = (runners: readonly Promise<void>[]): Promise<never>[] =>
  runners.map((runner) => runner.then(() => new Promise<never>(() => undefined)));

async function createRunners(api: Address, agent: Agent): Promise<string[]> {
  const body = { runner_type: 'group_type', group_id: 1, tag_list: ['linux'] };
  const create = () => ask(api, agent, { method: 'POST', path: '/user/runners', body });
  const answers = await Promise.all(Array.from({ length: RUNNERS }, create));
  return answers.map((text) => (JSON.parse(text) as { token: string }).token);
}

async function finished(controls: Address, agent: Agent): Promise<Statistics> {
  const deadline = performance.now() + LONGEST_MS;
  while (performance.now() < deadline) {
    await pause(2_000);
    const text = await ask(controls, agent, { method: 'GET', path: '/workload' });
    const { statistics } = JSON.parse(text) as { statistics: Statistics };
    if (statistics.progress.finished === statistics.trace.jobs) return statistics;
  }
  throw new Error('the week does not end');
}

async function doubledJobs(controls: Address, agent: Agent): Promise<number> {
  const text = await ask(controls, agent, { method: 'GET', path: '/report?since=0' });
  const { entries } = JSON.parse(text) as { entries: { type: string; jobId?: number }[] };
  const keys = entries
    .filter(({ type }) => type === 'job-picked' || type === 'job-finished')
    .map(({ type, jobId }) => `${type} ${jobId}`);
  return keys.length - new Set(keys).size;
}

/** In Markdown. */
export const weekReport = (week: Week): string =>
  [
    '## A week of the office trace',
    '',
    `${RUNNERS} stand-in runners that ask every two minutes of the clock, an hour of the clock in a second.`,
    '',
    '| jobs | lost | doubled | wait p95 s of the clock | wall time s | processor time s | memory MiB |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    `| ${[week.jobs, week.lost, week.doubled, week.waitP95.toFixed(0), week.wallSeconds.toFixed(0)].join(' | ')} | ${week.cpuSeconds.toFixed(1)} | ${week.memory.toFixed(0)} |`,
    '',
  ].join('\n');
