import { Agent } from 'node:http';
import { gitlabProgram } from './gitlab-program.js';
import { ask, load, type Loaded, type Question, type Target } from './load.js';
import { SimulatorProcess, TOKEN } from './simulator-process.js';

const JOBS = 4_000;
const RUNNERS = 100;
const CONNECTIONS = 16;
const PIECE = 'a line of what the job has to say\n'.repeat(30);

interface Picked {
  readonly id: number;
  readonly token: string;
}

/** Asks a simulated GitLab whatever a hundred runners and their users ask. Returns a report in Markdown. */
export async function measureGitLabSimulator(): Promise<string> {
  const simulator = await SimulatorProcess.start(gitlabProgram());
  const agent = new Agent({ keepAlive: true });
  try {
    const target = targetOf(simulator);
    const empty = simulator.memory();
    const rows = await measure(target, await createRunners(target, agent), agent);
    return report(rows, empty, simulator.memory());
  } finally {
    agent.destroy();
    await simulator.stop();
  }
}

const targetOf = (simulator: SimulatorProcess): Target => ({
  port: simulator.port,
  prefix: '/api/v4',
  token: TOKEN,
  cpuSeconds: () => simulator.cpuSeconds(),
});

/** Returns their tokens. */
async function createRunners(target: Target, agent: Agent): Promise<string[]> {
  const body = { runner_type: 'group_type', group_id: 1, tag_list: ['linux'] };
  const answers = Array.from({ length: RUNNERS }, () =>
    ask(target, agent, { method: 'POST', path: '/user/runners', body }),
  );
  return (await Promise.all(answers)).map((text) => (JSON.parse(text) as { token: string }).token);
}

async function measure(target: Target, runners: string[], agent: Agent): Promise<[string, Loaded][]> {
  const ofRunners = (count: number): Question[] =>
    Array.from({ length: count }, (_, index) => request(runners[index % RUNNERS] ?? ''));
  const queue = async (tag: string): Promise<void> => {
    const body = { project: 'acme/web', tags: [tag], script: ['sleep 60'] };
    for (let queued = 0; queued < JOBS; queued += 1)
      await ask({ ...target, prefix: '/_sim' }, agent, { method: 'POST', path: '/jobs', body });
  };
  const nothing = await load(target, CONNECTIONS, ofRunners(2 * JOBS));
  await queue('linux');
  const job = await load(target, CONNECTIONS, ofRunners(JOBS));
  const picked = job.answers as Picked[];
  const traces = await load(target, CONNECTIONS, picked.map(trace));
  const list = await load(target, CONNECTIONS, lists());
  const ends = await load(target, CONNECTIONS, picked.map(end));
  return [
    ['ask for a job, there is none (204)', nothing],
    ['ask for a job and get one (201)', job],
    ['append 1 KiB to a trace', traces],
    [`list 20 of ${JOBS.toLocaleString('en')} running jobs`, list],
    ['tell that a job is done', ends],
  ];
}

const request = (token: string): Question => ({
  method: 'POST',
  path: '/jobs/request',
  body: { token, system_id: 's_0123456789ab', info: { version: '19.0.0', executor: 'docker' } },
});

const trace = ({ id, token }: Picked): Question => ({
  method: 'PATCH',
  path: `/jobs/${id}/trace?debug_trace=false`,
  body: PIECE,
  headers: { 'job-token': token, 'content-range': `0-${PIECE.length - 1}` },
});

const end = ({ id, token }: Picked): Question => ({
  method: 'PUT',
  path: `/jobs/${id}`,
  body: { token, state: 'success' },
});

const lists = (): Question[] =>
  Array.from({ length: JOBS / 4 }, (_, index) => ({
    method: 'GET',
    path: `/projects/1/jobs?scope[]=running&page=${1 + (index % 40)}`,
  }));

function report(rows: readonly [string, Loaded][], empty: number, full: number): string {
  const line = ([name, { perSecond, perCpuSecond, p50, p99 }]: [string, Loaded]): string =>
    `| ${[name, perCpuSecond.toFixed(0), perSecond.toFixed(0), p50.toFixed(1), p99.toFixed(1)].join(' | ')} |`;
  return [
    '# What the simulated GitLab can take',
    '',
    `${RUNNERS} runners of one group, ${JOBS} jobs, ${CONNECTIONS} connections that each wait for their answer, no state folder.`,
    'The first column is what one core does when it has nothing else to do: calls by seconds of processor time.',
    'The others are real time, as the machine was then, with whatever else ran on it.',
    '',
    '| calls | per second of one core | per second | p50 ms | p99 ms |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(line),
    '',
    `Memory: ${empty.toFixed(0)} MiB when empty, ${full.toFixed(0)} MiB at the end.`,
    '',
  ].join('\n');
}
