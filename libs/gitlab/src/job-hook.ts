import { z } from 'zod';
import { camelCased, instant } from './answer.js';
import { parseJson } from './parse-json.js';

const jobHook = z
  .object({
    objectKind: z.literal('build'),
    buildId: z.int(),
    buildName: z.string(),
    buildStatus: z.string(),
    ref: z.string(),
    tag: z.boolean(),
    projectId: z.int(),
    pipelineId: z.int(),
    retriesCount: z.int().default(0),
    buildCreatedAt: instant.nullish(),
    buildStartedAt: instant.nullish(),
    buildFinishedAt: instant.nullish(),
    buildCreatedAtIso: instant.nullish(),
    buildStartedAtIso: instant.nullish(),
    buildFinishedAtIso: instant.nullish(),
    runner: z.object({ id: z.int() }).nullish(),
    project: z.object({ pathWithNamespace: z.string() }).nullish(),
  })
  .transform((hook) => ({
    jobId: hook.buildId,
    name: hook.buildName,
    status: hook.buildStatus,
    ref: hook.ref,
    /** Whether `ref` is a git tag. The job's runner tags are not in the hook: ask for the job. */
    isGitTag: hook.tag,
    projectId: hook.projectId,
    projectPath: hook.project?.pathWithNamespace,
    pipelineId: hook.pipelineId,
    retriesCount: hook.retriesCount,
    /** Null until a runner has picked the job up. */
    runnerId: hook.runner?.id ?? null,
    createdAt: hook.buildCreatedAtIso ?? hook.buildCreatedAt ?? null,
    startedAt: hook.buildStartedAtIso ?? hook.buildStartedAt ?? null,
    finishedAt: hook.buildFinishedAtIso ?? hook.buildFinishedAt ?? null,
  }));

/** A change of a job's status, as a webhook tells it: a hint, neither in order nor exactly once. */
export type JobHook = z.output<typeof jobHook>;

/** Reads the body of a job webhook; undefined where it is something else. */
export function parseJobHook(rawBody: Buffer | string): JobHook | undefined {
  try {
    const parsed = jobHook.safeParse(camelCased(parseJson(rawBody.toString())));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
