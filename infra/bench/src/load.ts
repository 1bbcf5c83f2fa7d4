import { Agent, request } from 'node:http';

/** Whom to ask. */
export interface Address {
  readonly port: number;
  /** Of the API, before every path. */
  readonly prefix: string;
  readonly token: string;
}

export interface Target extends Address {
  /** Processor time of who answers, in seconds. */
  cpuSeconds(): number;
}

export interface Question {
  readonly method: string;
  readonly path: string;
  /** Bytes as they are, or what becomes JSON. */
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a number of calls took. */
export interface Loaded {
  readonly perSecond: number;
  /** What one core could do if nobody else used it. */
  readonly perCpuSecond: number;
  /** Milliseconds of each call. */
  readonly times: readonly number[];
  readonly p50: number;
  readonly p99: number;
  /** Parsed, in the order of the questions. */
  readonly answers: readonly unknown[];
}

/** Asks questions over a number of connections, each connection one after another. Throws for what is refused. */
export async function load(
  target: Target,
  connections: number,
  questions: readonly Question[],
): Promise<Loaded> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const answers: string[] = [];
  const [cpu, began] = [target.cpuSeconds(), performance.now()];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < questions.length; index = next++) {
      const asked = performance.now();
      answers[index] = await ask(target, agent, questions[index] as Question);
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const wall = (performance.now() - began) / 1000;
  const used = target.cpuSeconds() - cpu;
  agent.destroy();
  return {
    perSecond: questions.length / wall,
    perCpuSecond: questions.length / used,
    times,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    answers: answers.map((text) => (text === '' ? undefined : JSON.parse(text)) as unknown),
  };
}

const quantile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.ceil(times.length * share) - 1] ?? 0;

/** Resolves to the body of the answer. Throws for what is refused. */
export function ask(
  { port, prefix, token }: Address,
  agent: Agent,
  { method, path, body, headers: more }: Question,
): Promise<string> {
  const type = typeof body === 'string' ? 'text/plain' : 'application/json';
  const headers = { authorization: `Bearer ${token}`, 'content-type': type, ...more };
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, agent, method, path: `${prefix}${path}`, headers },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString();
          if ((answer.statusCode ?? 500) < 300) resolve(text);
          else reject(new Error(`${method} ${path} answered ${answer.statusCode}: ${text}`));
        });
      },
    );
    // The other end may close a connection just as it is used again.
    sent.on('error', (error) =>
      sent.reusedSocket
        ? resolve(ask({ port, prefix, token }, agent, { method, path, body, headers: more }))
        : reject(error),
    );
    sent.end(typeof body === 'string' ? body : body && JSON.stringify(body));
  });
}
