import { z } from 'zod';
import { invalidInput } from '../api-error.js';
import { isLabelKey, isLabelValue } from '../labels.js';

/** Where the API says "id or name", clients send numbers and strings. */
export const idOrName = z.union([z.string(), z.int()]).transform(String);

export const labelsField = z.record(z.string(), z.string()).superRefine((labels, context) => {
  for (const [key, value] of Object.entries(labels)) {
    if (!isLabelKey(key)) context.addIssue({ code: 'custom', message: `label key '${key}' is not valid` });
    if (!isLabelValue(value))
      context.addIssue({ code: 'custom', message: `label value '${value}' is not valid` });
  }
});

/** Reads a request body. Unknown fields are ignored, as Hetzner does. Throws 422 invalid_input with every bad field. */
export function readBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.map(({ path, message }) => [path.join('.') || 'body', message]);
  throw invalidInput(Object.fromEntries(reasons) as Record<string, string>);
}
