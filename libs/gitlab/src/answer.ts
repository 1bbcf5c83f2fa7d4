import { z } from 'zod';
import { strangeAnswer } from './failure.js';

/**
 * Reads an answer of GitLab: snake_case becomes camelCase, then the schema decides.
 *
 * @param operation method and path, such as `POST user/runners`
 * @throws GitLabError `unavailable` for a read, `unknown-outcome` for a write, where the form is not the expected one
 */
export function parseAnswer<T>(operation: string, schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(camelCased(body));
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'unknown' };
  throw strangeAnswer(
    operation.split(' ')[0] ?? 'GET',
    operation,
    `${path.join('.') || 'whole'}: ${message}`,
  );
}

/** The same value with the keys of all objects in camelCase. */
export function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [camel(key), camelCased(inner)]));
}

const camel = (key: string): string =>
  key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** An instant as GitLab writes it: ISO 8601, or `2024-06-11 03:02:25 UTC` in some webhook fields. */
export const instant = z.string().transform((text, context) => {
  const at = new Date(text.replace(/^(\S+) (\S+) UTC$/, '$1T$2Z'));
  if (!Number.isNaN(at.getTime())) return at;
  context.addIssue({ code: 'custom', message: 'no instant' });
  return z.NEVER;
});
