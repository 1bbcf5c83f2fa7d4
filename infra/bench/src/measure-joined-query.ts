import { spawnSync } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import { eventually } from '@cleanroom/testing';
import { cpuSeconds } from './cpu-seconds.js';
import { load, type Loaded } from './load.js';
import { percentile } from './table.js';

/** A gateway that runs. */
export interface GatewayUnderTest {
  readonly name: string;
  readonly pid: number;
  readonly port: number;
}

export interface JoinedQuery {
  readonly query: string;
  readonly variables: object;
  /** Of each gateway in each round. */
  readonly calls: number;
}

/** What one gateway did in all rounds. */
export interface GatewayFigures {
  readonly name: string;
  /** The median of the rounds. */
  readonly perSecond: number;
  /** What it would do with one core to itself: the median of the rounds. */
  readonly perCpuSecond: number;
  /** Milliseconds, of all calls of all rounds. */
  readonly p50: number;
  readonly p99: number;
}

const CONNECTIONS = 16;
const ROUNDS = 6;

/** Asks gateways the same in turns, so that what else the machine does meets all alike. Throws where their answers differ. */
export async function measureJoinedQuery(
  gateways: readonly GatewayUnderTest[],
  token: string,
  asked: JoinedQuery,
): Promise<GatewayFigures[]> {
  const rounds = new Map<string, Loaded[]>(gateways.map(({ name }) => [name, []]));
  for (const gateway of gateways) await eventually(() => askOnce(gateway, token, asked), { within: 60_000 });
  // The first round warms up: plans are made, code is compiled.
  for (let round = 0; round <= ROUNDS; round++) {
    const answers = [];
    for (const gateway of gateways) {
      const loaded = await ask(gateway, token, asked);
      answers.push(loaded.answers[0]);
      if (round > 0) rounds.get(gateway.name)?.push(loaded);
    }
    for (const answer of answers) refuseOther(answers[0], answer);
  }
  return gateways.map(({ name }) => figuresOf(name, rounds.get(name) ?? []));
}

/** Gives a process one core, as long as the system can do that: what asks it has the others. */
export const pin = (pid: number, cores: string): boolean =>
  spawnSync('taskset', ['-a', '-p', '-c', cores, String(pid)]).status === 0;

async function askOnce({ port }: GatewayUnderTest, token: string, asked: JoinedQuery): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: asked.query, variables: asked.variables }),
  });
  const { errors } = (await answer.json()) as { errors?: unknown };
  return errors === undefined;
}

function ask({ port, pid }: GatewayUnderTest, token: string, asked: JoinedQuery): Promise<Loaded> {
  const target = { port, token, prefix: '', cpuSeconds: () => cpuSeconds(pid) };
  const question = {
    method: 'POST',
    path: '/graphql',
    body: { query: asked.query, variables: asked.variables },
  };
  return load(
    target,
    CONNECTIONS,
    Array.from({ length: asked.calls }, () => question),
  );
}

function refuseOther(first: unknown, answer: unknown): void {
  const { errors } = answer as { errors?: unknown };
  if (errors) throw new Error(`answered with errors: ${JSON.stringify(errors).slice(0, 500)}`);
  if (!isDeepStrictEqual(first, answer)) throw new Error('the gateways answer differently');
}

function figuresOf(name: string, rounds: readonly Loaded[]): GatewayFigures {
  const times = rounds.flatMap((round) => round.times);
  return {
    name,
    perSecond: percentile(
      rounds.map((round) => round.perSecond),
      0.5,
    ),
    perCpuSecond: percentile(
      rounds.map((round) => round.perCpuSecond),
      0.5,
    ),
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  };
}
