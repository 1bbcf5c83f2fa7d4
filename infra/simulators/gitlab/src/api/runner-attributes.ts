import { z } from 'zod';
import { ApiError, badRequest, invalidParameters } from '../wire/answer.js';

const flag = z.union([
  z.boolean(),
  z.enum(['true', 'false', '1', '0']).transform((text) => /true|1/.test(text)),
]);
const number = z.coerce.number().int().positive();
const tagList = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(','))])
  .transform((tags) => [...new Set(tags.map((tag) => tag.trim()).filter(Boolean))]);

const runnerAttributes = z.object({
  description: z.string().nullish(),
  maintenance_note: z.string().max(1024, 'is too long (maximum is 1024 characters)').nullish(),
  paused: flag.optional(),
  locked: flag.optional(),
  access_level: z.enum(['not_protected', 'ref_protected']).optional(),
  run_untagged: flag.optional(),
  tag_list: tagList.optional(),
  maximum_timeout: number.min(600, 'needs to be at least 10 minutes').nullish(),
});

/** What `PUT /runners/:id` may change; `active` is the old word for not paused. */
export const runnerChanges = runnerAttributes.extend({ active: flag.optional() });

/** What `POST /user/runners` takes. */
export const runnerCreation = runnerAttributes.extend({
  runner_type: z.enum(['instance_type', 'group_type', 'project_type']),
  group_id: number.optional(),
  project_id: number.optional(),
});

const CHANGEABLE = [
  ...['description', 'active', 'paused', 'tag_list', 'run_untagged', 'locked', 'access_level'],
  ...['maximum_timeout', 'maintenance_note'],
];

export type RunnerChanges = z.output<typeof runnerChanges>;
export type RunnerCreation = z.output<typeof runnerCreation>;

/**
 * Reads parameters in the order in which GitLab does: their form first, then what a runner may be.
 *
 * @throws ApiError 400: `error` for the form, `message` for the rest
 */
export function readAttributes<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({ issue, name: issue.path.join('.') }));
  const complaints = issues.flatMap(({ issue, name }) => {
    if (issue.code === 'too_big' || issue.code === 'too_small') return [];
    return [`${name} ${complaintOf(issue, isGiven(body, issue.path))}`];
  });
  if (complaints.length > 0) throw invalidParameters(complaints.join(', '));
  throw invalidRunner(Object.fromEntries(issues.map(({ issue, name }) => [name, [issue.message]])));
}

/** @throws ApiError 400 for a change of nothing, or of one thing in two words */
export function checkChanges(changes: RunnerChanges): void {
  const given = Object.values(changes).filter((value) => value !== undefined);
  if (given.length === 0)
    throw invalidParameters(`${CHANGEABLE.join(', ')} are missing, at least one parameter must be provided`);
  if (changes.active !== undefined && changes.paused !== undefined)
    throw invalidParameters('active, paused are mutually exclusive');
}

/** What is wrong with the runner itself, attribute by attribute. */
const invalidRunner = (message: Record<string, string[]>): ApiError =>
  new ApiError({ status: 400, body: { message } });

function complaintOf({ code }: z.core.$ZodIssue, given: boolean): string {
  if (!given) return 'is missing';
  return code === 'invalid_value' ? 'does not have a valid value' : 'is invalid';
}

const isGiven = (body: unknown, [name]: readonly PropertyKey[]): boolean =>
  typeof body === 'object' && body !== null && name !== undefined && name in body;

/** @throws ApiError 400 for a runner that could never run anything */
export function checkTags(runUntagged: boolean, tags: readonly string[]): void {
  if (runUntagged || tags.length > 0) return;
  throw badRequest('Tags list can not be empty when runner is not allowed to pick untagged jobs');
}
