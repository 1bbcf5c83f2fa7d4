import { z } from 'zod';
import { seededRandom } from './random.js';

/** What a test asks to go wrong. All properties of `match` must hold; an empty one matches every API call. */
export const faultRule = z.object({
  match: z
    .object({
      method: z.string().toUpperCase().optional(),
      /** A regular expression for the path, without `/api/v4` and the query. */
      path: z.string().refine(isExpression, 'must be a regular expression').optional(),
      /** Name of the operation, as the ledger shows it. */
      operation: z.string().optional(),
    })
    .default({}),
  /**
   * `fail`: not carried out, answered with `status`. `reset`: not carried out, connection destroyed. `lose-answer`:
   * carried out, connection destroyed. `truncate`: carried out, half of the answer sent. `delay`: `delayMs` late.
   */
  kind: z.enum(['fail', 'reset', 'lose-answer', 'truncate', 'delay']),
  status: z.number().int().min(100).max(599).default(500),
  /** Of `fail`: `raw` is a page of HTML, as of a proxy whose GitLab is away. */
  body: z.enum(['json', 'raw']).default('json'),
  /** Milliseconds of real time. */
  delayMs: z.number().min(0).default(1000),
  /** What `Retry-After` says with a 429 or 503, and `X-GitLab-Trace-Update-Interval` with a 202 or 412. */
  retryAfterSeconds: z.number().int().min(0).default(1),
  /** Share of the matching calls that it hits. */
  rate: z.number().min(0).max(1).default(1),
  /** How many calls it hits before it is used up. */
  count: z.number().int().min(1).optional(),
  seed: z.number().int().default(1),
});

export type FaultRule = z.output<typeof faultRule>;

export interface FaultTarget {
  readonly method: string;
  readonly path: string;
  readonly operation: string;
}

interface ArmedRule {
  readonly id: number;
  readonly rule: FaultRule;
  readonly random: () => number;
  left: number;
}

/** The rules in force. The first that hits a call decides. */
export class Faults {
  private armed: ArmedRule[] = [];
  private lastId = 0;

  add(rule: FaultRule): number {
    this.lastId += 1;
    this.armed.push({ id: this.lastId, rule, random: seededRandom(rule.seed), left: rule.count ?? Infinity });
    return this.lastId;
  }

  clear(): void {
    this.armed = [];
  }

  list(): { id: number; rule: FaultRule; left: number | null }[] {
    return this.armed.map(({ id, rule, left }) => ({ id, rule, left: Number.isFinite(left) ? left : null }));
  }

  /** The fault that this call meets. Counts it. */
  hit(target: FaultTarget): FaultRule | undefined {
    const hit = this.armed.find(
      (one) => one.left > 0 && matches(one.rule, target) && one.random() < one.rule.rate,
    );
    if (hit) hit.left -= 1;
    return hit?.rule;
  }
}

function matches({ match }: FaultRule, { method, path, operation }: FaultTarget): boolean {
  if (match.method && match.method !== method) return false;
  if (match.operation && match.operation !== operation) return false;
  return !match.path || new RegExp(match.path).test(path);
}

function isExpression(text: string): boolean {
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
}
