import { z } from 'zod';
import { invalidInput } from '../api-error.js';
import { isLabelKey, isLabelValue } from '../labels.js';

/** Where the API says "id or name", clients send numbers and strings. */
export const idOrName = z.union([z.string(), z.int()]).transform(String);

/** Some clients write numbers as text. */
export const idField = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]);

export const labelsField = z.record(z.string(), z.string()).superRefine((labels, context) => {
  for (const [key, value] of Object.entries(labels)) {
    if (!isLabelKey(key)) context.addIssue({ code: 'custom', message: `label key '${key}' is not valid` });
    if (!isLabelValue(value))
      context.addIssue({ code: 'custom', message: `label value '${value}' is not valid` });
  }
});

/**
 * Reads a request body. Unknown fields are ignored, as Hetzner does, and a null that means nothing is as good as no field.
 * Throws 422 invalid_input with every bad field.
 */
export function readBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const literally = schema.safeParse(body ?? {});
  if (literally.success) return literally.data;
  const parsed = schema.safeParse(withoutNulls(body ?? {}));
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.map(({ path, message }) => [path.join('.') || 'body', message]);
  throw invalidInput(Object.fromEntries(reasons) as Record<string, string>);
}

/** The values of labels are left as they are: null is none. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const given = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(
    given.map(([name, field]) => [name, name === 'labels' ? field : withoutNulls(field)]),
  );
}
