import { z } from 'zod';
import { failureOf } from './failure.js';
import { operations, type OperationName } from './operations.js';
import type { CallInput, Transport } from './transport.js';

/** Hetzner gives no more to a page. */
const PER_PAGE = 50;

const pagination = z.object({
  meta: z.object({ pagination: z.object({ next_page: z.int().nullish() }) }).optional(),
});

/** Typed requests over a transport: answers are parsed for the fields that we use; all others are dropped unread. */
export class Requests {
  constructor(private readonly transport: Transport) {}

  /** One request whose answer is parsed by `schema`. */
  async one<S extends z.ZodType>(name: OperationName, schema: S, input?: CallInput): Promise<z.output<S>> {
    return parse(name, schema, await this.transport.call(name, input));
  }

  /** One request whose answer says nothing that we need. */
  async none(name: OperationName, input: CallInput): Promise<void> {
    await this.transport.call(name, input);
  }

  /** All pages of a list that stands under `key` in the answers. */
  async all<S extends z.ZodType>(
    name: OperationName,
    key: string,
    item: S,
    { id, query }: CallInput = {},
  ): Promise<z.output<S>[]> {
    const schema = z.object({ [key]: z.array(item) });
    const found: z.output<S>[] = [];
    for (let page: number | undefined = 1; page !== undefined;) {
      const answer = await this.transport.call(name, { id, query: { ...query, page, per_page: PER_PAGE } });
      found.push(...((parse(name, schema, answer)[key] ?? []) as z.output<S>[]));
      page = parse(name, pagination, answer).meta?.pagination.next_page ?? undefined;
    }
    return found;
  }
}

function parse<S extends z.ZodType>(name: OperationName, schema: S, answer: unknown): z.output<S> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  // Paths only: a value could be a password that Hetzner made.
  const cause = new SyntaxError(`unexpected form: ${fields}`);
  throw failureOf(name, operations[name].method !== 'GET', cause);
}
