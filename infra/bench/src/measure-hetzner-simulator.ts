import { load, type Loaded, type Question, type Target } from './load.js';
import { SimulatorProcess, TOKEN, type SimulatorProgram } from './simulator-process.js';

const SERVERS = 1_000;
const CALLS = 4_000;
const CONNECTIONS = 16;
const CHUNK = 25;
const PROGRAM: SimulatorProgram = {
  name: 'hetzner',
  env: {
    CLEANROOM_SIMULATOR_TOKENS: JSON.stringify({ [TOKEN]: 'bench' }),
    CLEANROOM_SIMULATOR_LATENCY: 'fast',
    CLEANROOM_SIMULATOR_LIMITS: '{"servers":5000,"primaryIps":10000,"requestsPerHour":1000000000}',
  },
  ready: '/_sim/state',
};

interface Created {
  readonly server: { readonly id: number };
  readonly action: { readonly id: number };
}

/** What a control plane asks of a thousand servers in a busy moment, out of a hundred calls. */
const MIX = { poll: 60, server: 25, list: 10, write: 5 };

/** Fills a simulator with a thousand servers and asks it whatever clients ask. Returns a report in Markdown. */
export async function measureHetznerSimulator(): Promise<string> {
  const simulator = await SimulatorProcess.start(PROGRAM);
  try {
    const target: Target = {
      port: simulator.port,
      prefix: '/v1',
      token: TOKEN,
      cpuSeconds: () => simulator.cpuSeconds(),
    };
    const empty = simulator.memory();
    const creation = await load(target, CONNECTIONS, orders(0));
    const created = creation.answers as Created[];
    const rows: [string, Loaded][] = [['create the first 1,000 servers', creation]];
    for (const [name, questions] of Object.entries(questionsAbout(created))) {
      rows.push([name, await load(target, CONNECTIONS, questions)]);
    }
    rows.push(['create 1,000 more', await load(target, CONNECTIONS, orders(1))]);
    return report(rows, empty, simulator.memory());
  } finally {
    await simulator.stop();
  }
}

/** For as many servers again, with other names. */
const orders = (round: number): Question[] =>
  Array.from({ length: SERVERS }, (_, index) => ({
    method: 'POST',
    path: '/servers',
    body: {
      name: `server-${round * SERVERS + index}`,
      server_type: 'cx23',
      image: 'debian-12',
      location: 'fsn1',
      labels: { part: String(index % 40) },
    },
  }));

function questionsAbout(created: readonly Created[]): Record<string, Question[]> {
  const nth = (index: number): Created => created[(index * 7) % created.length] as Created;
  const times = (count: number, make: (index: number) => Question): Question[] =>
    Array.from({ length: count }, (_, index) => make(index));
  const get = (path: string): Question => ({ method: 'GET', path });
  const poll = (index: number): Question => {
    const ids = Array.from({ length: CHUNK }, (_, each) => `id=${nth(index + each).action.id}`);
    return get(`/actions?${ids.join('&')}`);
  };
  const server = (index: number): Question => get(`/servers/${nth(index).server.id}`);
  const list = (index: number): Question => get(`/servers?label_selector=part%3D${index % 40}&per_page=50`);
  const write = (index: number): Question => ({
    method: 'PUT',
    path: `/servers/${nth(index).server.id}`,
    body: { labels: { part: String(index % 40) } },
  });
  const mixed = (index: number): Question => {
    const dice = (index * 37) % 100;
    if (dice < MIX.poll) return poll(index);
    if (dice < MIX.poll + MIX.server) return server(index);
    return dice < 100 - MIX.write ? list(index) : write(index);
  };
  return {
    'poll 25 actions at once': times(CALLS, poll),
    'poll one action': times(CALLS, (index) => get(`/actions/${nth(index).action.id}`)),
    'get a server': times(CALLS, server),
    'find a server by name': times(CALLS, (index) => get(`/servers?name=server-${index % SERVERS}`)),
    'list the 25 servers of a label': times(CALLS / 2, list),
    'list 50 of 1,000 servers': times(CALLS / 4, (index) =>
      get(`/servers?per_page=50&page=${1 + (index % 20)}`),
    ),
    'change labels': times(CALLS, write),
    'the mix': times(CALLS * 2, mixed),
  };
}

function report(rows: readonly [string, Loaded][], empty: number, full: number): string {
  const line = ([name, { perSecond, perCpuSecond, p50, p99 }]: [string, Loaded]): string =>
    `| ${[name, perCpuSecond.toFixed(0), perSecond.toFixed(0), p50.toFixed(1), p99.toFixed(1)].join(' | ')} |`;
  return [
    '# What the simulated Hetzner Cloud can take',
    '',
    `${SERVERS} servers in one project, ${CONNECTIONS} connections that each wait for their answer, latency \`fast\`, no state folder.`,
    `The mix is ${MIX.poll} % polling of 25 actions, ${MIX.server} % single servers, ${MIX.list} % lists by label, ${MIX.write} % changes of labels.`,
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
