import { z } from 'zod';

/** What a job leaves behind for others, as `artifacts` of a `.gitlab-ci.yml` has it. */
const artifactRule = z.object({
  name: z.string().optional(),
  paths: z.array(z.string()).default([]),
  untracked: z.boolean().default(false),
  when: z.enum(['on_success', 'on_failure', 'always']).default('on_success'),
  expireIn: z.string().optional(),
});

/** What a job keeps for its successors, as `cache` has it. */
const cacheRule = z.object({
  key: z.string().default('default'),
  paths: z.array(z.string()).default([]),
  untracked: z.boolean().default(false),
  policy: z.enum(['pull-push', 'pull', 'push']).default('pull-push'),
  when: z.enum(['on_success', 'on_failure', 'always']).default('on_success'),
  fallbackKeys: z.array(z.string()).default([]),
});

/** Where a job deploys to. */
const environment = z.object({
  name: z.string().min(1),
  /** @default guessed from the name */
  tier: z.enum(['production', 'staging', 'testing', 'development', 'other']).optional(),
  action: z.enum(['start', 'prepare', 'stop', 'verify', 'access']).default('start'),
  protected: z.boolean().default(false),
});

/** What is known of who started a job. */
const user = z.object({
  /** Full paths of the groups that one is a member of. @default the outermost group of the project */
  groups: z.array(z.string()).optional(),
  /** Accounts elsewhere; told only by those who allow it. */
  identities: z.array(z.object({ provider: z.string(), extern_uid: z.string() })).optional(),
});

/** What a job's definition says beyond its name, tags and ref; all of it reaches the runner. */
export const jobDefinition = z.strictObject({
  variables: z.record(z.string().regex(/^\w+$/), z.string()).optional(),
  artifacts: z.array(artifactRule).optional(),
  cache: z.array(cacheRule).optional(),
  /** Ids of the jobs whose artifacts it wants. */
  dependencies: z.array(z.number().int()).optional(),
  environment: environment.optional(),
  user: user.optional(),
});

export type JobDefinition = z.output<typeof jobDefinition>;
