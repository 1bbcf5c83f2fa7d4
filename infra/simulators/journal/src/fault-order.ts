import { z } from 'zod';

/**
 * - `fail`: refused with `status`, `code` and `message`; nothing done.
 * - `reset`: the connection is reset, nothing done.
 * - `lose_answer`: done, then the connection is destroyed without an answer. Of a webhook: never sent.
 * - `truncate`: done, half of the answer is sent, then the connection is destroyed.
 * - `delay`: `ms` late, but whole.
 * - `omit`: a list leaves out the item `id`, or its first.
 * - `action_error`: done and answered, and the action that it began ends in an error.
 * - `action_stuck`: done and answered, and the action that it began never ends.
 * - `double`, `reorder`: a webhook is sent twice, or so late that others overtake it.
 */
export const faultModes = [
  ...(['fail', 'reset', 'lose_answer', 'truncate', 'delay'] as const),
  ...(['omit', 'action_error', 'action_stuck', 'double', 'reorder'] as const),
] as const;

export type FaultMode = (typeof faultModes)[number];

/** Stands for every operation of the API. */
export const EVERY_OPERATION = '*';

const order = z.strictObject({
  operation: z.string(),
  mode: z.enum(faultModes),
  /** How many calls it strikes before it is used up. @default all, until it is taken away */
  times: z.int().min(1).optional(),
  /** Of `fail`. */
  status: z.int().min(200).max(599).default(500),
  /** Of `fail` and `action_error`. @default the usual one */
  code: z.string().optional(),
  message: z.string().optional(),
  /** Of `fail`: `raw` is a page that is no JSON, `null_message` an error whose message is null. Both were seen live. */
  body: z.enum(['json', 'raw', 'null_message']).default('json'),
  /** Of `delay`: milliseconds of real time. */
  ms: z.number().min(0).default(1_000),
  /** What an answer that says when to come again tells, in seconds of the clock. */
  retryAfter: z.number().min(0).optional(),
  /** Of `omit`. @default the first of the list */
  id: z.number().int().optional(),
  /** Share of the calls that are struck. */
  rate: z.number().min(0).max(1).default(1),
  seed: z.int().default(1),
});

export type Fault = z.output<typeof order>;

/**
 * Body of `POST /_sim/faults`.
 *
 * @param modesOf what can happen to an operation; nothing where there is none of that name
 */
export const faultOrder = (modesOf: (operation: string) => readonly FaultMode[]): z.ZodType<Fault> =>
  order.superRefine(({ operation, mode }, context) => {
    const modes = modesOf(operation);
    if (modes.length === 0) {
      context.addIssue({
        code: 'custom',
        path: ['operation'],
        message: `there is no operation "${operation}"`,
      });
    } else if (!modes.includes(mode)) {
      const message = `"${mode}" cannot happen to "${operation}": ${modes.join(', ')} can`;
      context.addIssue({ code: 'custom', path: ['mode'], message });
    }
  });
