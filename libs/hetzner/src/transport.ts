import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@cleanroom/kernel';
import { failureOf, refusalOf } from './failure.js';
import { tellHetznerCall } from './hetzner-calls.js';
import { HetznerError } from './hetzner-error.js';
import { operations, type Operation, type OperationName } from './operations.js';
import { RequestPace } from './request-pace.js';

export interface TransportOptions {
  /** Base address, such as `https://api.hetzner.cloud/v1`. */
  readonly endpoint: string;
  readonly token: () => string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Longest time for a call, its repetitions included, in real milliseconds. */
  readonly timeoutMs: number;
  readonly project: string | undefined;
}

/** What a call adds to its operation. */
export interface CallInput {
  readonly id?: number;
  readonly query?: Record<string, string | number | readonly number[] | undefined>;
  readonly body?: object;
}

interface Attempt {
  readonly name: OperationName;
  readonly url: string;
  readonly init: RequestInit;
}

const REPETITIONS = 2;
const FIRST_DELAY_MS = 200;
/** A wait for the rate limit up to this long, in real time, is taken here; a longer one is the caller's to plan. */
const LONGEST_WAIT_MS = 2_000;

/** Sends operations: one at a time for writes that cannot be repeated, paced, within a deadline. */
export class Transport {
  private readonly pace: RequestPace;

  constructor(private readonly options: TransportOptions) {
    this.pace = new RequestPace(options.clock);
  }

  /**
   * @returns the parsed JSON of the answer, `undefined` where it has no body
   * @throws HetznerError always and only
   */
  async call(name: OperationName, input: CallInput = {}): Promise<unknown> {
    const operation: Operation = operations[name];
    const deadline = performance.now() + this.options.timeoutMs;
    const repeatable = operation.method === 'GET' || operation.method === 'DELETE';
    let lostAnswer = false;
    for (let repetition = 0; ; repetition++) {
      try {
        await this.waitForPermission(name, operation, deadline);
        return await this.send(this.attempt(name, operation, input, deadline), operation.method !== 'GET');
      } catch (error) {
        const delay = FIRST_DELAY_MS * 2 ** repetition * (0.5 + Math.random());
        const late = performance.now() + delay >= deadline;
        if (error instanceof HetznerError) {
          error.afterLostAnswer = lostAnswer;
          lostAnswer ||= error.kind === 'unknown-outcome';
        }
        if (!repeatable || repetition >= REPETITIONS || late || !mayPass(error)) throw error;
        await sleep(delay);
      }
    }
  }

  private attempt(name: OperationName, operation: Operation, input: CallInput, deadline: number): Attempt {
    const body = input.body && JSON.stringify(input.body);
    return {
      name,
      url: addressOf(this.options.endpoint, operation.path, input),
      init: {
        method: operation.method,
        body,
        headers: {
          authorization: `Bearer ${this.options.token()}`,
          accept: 'application/json',
          'user-agent': 'cleanroom',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        // A redirect would carry the token to an address that nobody vouched for.
        redirect: 'error',
        signal: AbortSignal.timeout(Math.max(1, Math.ceil(deadline - performance.now()))),
      },
    };
  }

  private async waitForPermission(
    name: OperationName,
    { method }: Operation,
    deadline: number,
  ): Promise<void> {
    const { clock } = this.options;
    for (;;) {
      const permission = this.pace.ask(method === 'DELETE');
      if (permission.granted) return;
      const wait = (permission.retryAt.getTime() - clock.now().getTime()) / clock.factor;
      if (wait > LONGEST_WAIT_MS || performance.now() + wait >= deadline) {
        const detail = 'the rate limit of the project is used up';
        throw new HetznerError({
          kind: 'rate-limited',
          operation: name,
          code: 'held_back',
          detail,
          retryAt: permission.retryAt,
        });
      }
      await sleep(Math.max(1, Math.ceil(wait)));
    }
  }

  private tell(operation: OperationName, answer?: Response): void {
    const left = answer?.headers.get('ratelimit-remaining');
    const requestsLeft = left ? Number(left) : undefined;
    tellHetznerCall({ operation, status: answer?.status, project: this.options.project, requestsLeft });
  }

  private async send({ name, url, init }: Attempt, write: boolean): Promise<unknown> {
    let response: Response | undefined;
    let text: string;
    try {
      response = await this.options.fetch(url, init);
      this.pace.observe(response.headers);
      this.tell(name, response);
      text = await response.text();
    } catch (error) {
      if (!response) this.tell(name);
      throw failureOf(name, write, error);
    }
    if (response.ok) {
      this.pace.accepted();
      return parseAnswer(name, write, text);
    }
    const retryAt = response.status === 429 ? this.pace.refused(response.headers) : undefined;
    throw refusalOf({ operation: name, write, response, text, retryAt });
  }
}

const mayPass = (error: unknown): boolean =>
  error instanceof HetznerError && (error.kind === 'unavailable' || error.kind === 'unknown-outcome');

function addressOf(endpoint: string, path: string, { id, query = {} }: CallInput): string {
  const url = new URL(endpoint.replace(/(?<!\/)\/+$/, '') + path.replace('{id}', String(id)));
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const each of typeof value === 'object' ? value : [value])
      url.searchParams.append(name, String(each));
  }
  return url.href;
}

function parseAnswer(name: OperationName, write: boolean, text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw failureOf(name, write, new SyntaxError('the answer is no JSON'));
  }
}
