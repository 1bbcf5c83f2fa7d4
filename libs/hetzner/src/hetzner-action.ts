import { z } from 'zod';

/** A change that Hetzner carries out on its own time. */
export interface HetznerAction {
  readonly id: number;
  /** What is done, such as `create_server` or `rebuild_server`. */
  readonly command: string;
  readonly status: 'running' | 'success' | 'error';
  /** Per cent. */
  readonly progress: number;
  /** Whole seconds, rounded down: it may seem to be earlier than the request that began the action. */
  readonly started: Date;
  readonly finished: Date | undefined;
  readonly error: { readonly code: string; readonly message: string } | undefined;
}

const instant = z.string().transform((text, context) => {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) context.addIssue({ code: 'custom', message: 'not an instant' });
  return date;
});

const absent = <T>(value: T | null | undefined): T | undefined => value ?? undefined;

export const hetznerAction = z.object({
  id: z.int(),
  command: z.string(),
  status: z.enum(['running', 'success', 'error']),
  progress: z.number().catch(0),
  started: instant,
  finished: instant.nullish().transform(absent),
  error: z.object({ code: z.string(), message: z.string() }).nullish().transform(absent),
}) satisfies z.ZodType<HetznerAction>;

export const hetznerInstant = instant;
