import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { seededRandom } from './seeded-random.js';

/**
 * - `fail`: refused with `status` and `code`, nothing done.
 * - `reset`: the connection is reset, nothing done.
 * - `delay`: done and answered, but `delayMs` late, or until all faults are taken away.
 * - `lose-answer`: done, then the connection is destroyed without an answer.
 * - `truncate`: done, half of the answer is sent, then the connection is destroyed.
 * - `fail-action`: the call is done and answered, and the action that it began ends in an error.
 */
const kind = z.enum(['fail', 'reset', 'delay', 'lose-answer', 'truncate', 'fail-action']);

/** Body of `POST /_sim/faults`. */
export const faultOrder = z.strictObject({
  /** All that are given must match; nothing given matches every call. */
  match: z
    .strictObject({
      method: z.string().optional(),
      /** A regular expression over the path as it was called, without `/v1` and query. */
      path: z.string().refine(isExpression, 'is no regular expression').optional(),
      /** Name in the official description, such as `create_server`. */
      operation: z.string().optional(),
      /** Of `fail-action`, which looks at nothing else: an action's command, such as `create_server`. */
      command: z.string().optional(),
    })
    .default({}),
  kind,
  /** Of `fail`. */
  status: z.int().min(400).max(599).default(500),
  /** Of `fail` and `fail-action`; without it the code that Hetzner gives with this status. */
  code: z.string().optional(),
  message: z.string().optional(),
  /** Of `fail`: `raw` is a page that is no JSON, `null-message` an error whose message is null. Both were seen live. */
  body: z.enum(['json', 'raw', 'null-message']).default('json'),
  /** Of `delay`: real milliseconds. */
  delayMs: z.number().min(0).default(1_000),
  /** Of a 429: how many virtual seconds the answer asks to wait. */
  retryAfterSeconds: z.number().min(0).default(5),
  /** Share of the matching calls that are struck. */
  rate: z.number().min(0).max(1).default(1),
  /** How many calls are struck at most. */
  count: z.int().min(1).optional(),
  seed: z.int().default(1),
});

export type Fault = z.output<typeof faultOrder>;

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly operation: string;
}

interface Injected {
  readonly id: number;
  readonly fault: Fault;
  readonly random: () => number;
  struck: number;
}

/** Faults that were asked for, and whom they strike. */
export class Faults {
  private injected: Injected[] = [];
  private nextId = 1;
  private cleared = new AbortController();

  /** Returns the number by which it can be taken away again. */
  inject(fault: Fault): number {
    const id = this.nextId++;
    this.injected.push({ id, fault, random: seededRandom(fault.seed), struck: 0 });
    return id;
  }

  /** Takes one fault away, or all. */
  clear(id?: number): void {
    this.injected = id === undefined ? [] : this.injected.filter((each) => each.id !== id);
    if (id !== undefined) return;
    this.cleared.abort();
    this.cleared = new AbortController();
  }

  /** Holds an answer back. */
  async delay({ delayMs }: Pick<Fault, 'delayMs'>): Promise<void> {
    await sleep(delayMs, undefined, { signal: this.cleared.signal }).catch(() => undefined);
  }

  /** The fault that strikes this call: the first that matches, is not spent and whose dice say so. */
  strike(call: Call): Fault | undefined {
    return this.first(({ kind: own, match }) => own !== 'fail-action' && matches(match, call));
  }

  /** What an action of this command ends with instead of success. */
  strikeAction(command: string): { code: string; message: string } | undefined {
    const struck = this.first(
      ({ kind: own, match }) => own === 'fail-action' && (match.command ?? command) === command,
    );
    const { code = 'action_failed', message = `injected ${code}` } = struck ?? {};
    return struck && { code, message };
  }

  private first(hits: (fault: Fault) => boolean): Fault | undefined {
    for (const each of this.injected) {
      const { fault, random } = each;
      const spent = fault.count !== undefined && each.struck >= fault.count;
      if (spent || !hits(fault) || random() >= fault.rate) continue;
      each.struck += 1;
      return fault;
    }
    return undefined;
  }

  shown(): object[] {
    return this.injected.map(({ id, fault, struck }) => ({ id, ...fault, struck }));
  }
}

const matches = (match: Fault['match'], call: Call): boolean =>
  (match.method === undefined || match.method.toUpperCase() === call.method) &&
  (match.operation === undefined || match.operation === call.operation) &&
  (match.path === undefined || new RegExp(match.path).test(call.path));

function isExpression(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
