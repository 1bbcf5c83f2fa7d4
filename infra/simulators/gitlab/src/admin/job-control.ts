import { z } from 'zod';
import { jobDefinition } from '../jobs/job-definition.js';
import { cancelJob, queueJob } from '../jobs/job-life.js';
import type { Project } from '../model.js';
import { notFound } from '../wire/answer.js';
import type { World } from '../world.js';

/** Body of `POST /_sim/jobs`. */
const newJob = z.strictObject({
  /** Full path. */
  project: z.string(),
  name: z.string().min(1).default('build'),
  tags: z.array(z.string()).default([]),
  /** @default the project's default branch; `feature` where it must not be protected */
  ref: z.string().min(1).optional(),
  /** Protects or unprotects the ref first. @default as it is */
  protected: z.boolean().optional(),
  gitTag: z.boolean().default(false),
  /** ID tokens: name of the variable → `aud`, one or several. @default none */
  idTokens: z
    .record(
      z.string().regex(/^[A-Za-z_]\w*$/),
      z.union([z.string().transform((aud) => [aud]), z.array(z.string()).min(1)]),
    )
    .optional(),
  /** What else its definition says. */
  definition: jobDefinition.optional(),
  /** Lines of shell, as a list or as one text; a guest knows `sleep N`, in seconds of the clock, `echo` and `exit N`. */
  script: z
    .union([z.array(z.string()).min(1), z.string().transform((text) => text.split('\n'))])
    .default(['sleep 10']),
});

/** Queues a job, as a push would. @throws ApiError 404 for an unknown project */
export function queueJobFrom(world: World, body: unknown): { id: number; status: string } {
  const { project: path, gitTag: isGitTag, ...input } = newJob.parse(body);
  const project = world.state.projects.find(({ fullPath }) => fullPath === path);
  if (!project) throw notFound('Project');
  const ref = input.ref ?? (input.protected === false ? 'feature' : project.defaultBranch);
  prepareRef(project, ref, isGitTag, input.protected);
  const { id, status } = queueJob(world, project, { ...input, ref, isGitTag });
  return { id, status };
}

/** Cancels a job, as a person would. @throws ApiError 404 */
export function cancelJobById(world: World, id: string): { status: string } {
  const job = world.state.jobs.find((one) => String(one.id) === id);
  if (!job) throw notFound('Job');
  cancelJob(world, job);
  return { status: job.status };
}

function prepareRef(
  project: Project,
  ref: string,
  isGitTag: boolean,
  isProtected: boolean | undefined,
): void {
  const refs = isGitTag ? project.gitTags : project.branches;
  if (!refs.includes(ref)) refs.push(ref);
  if (isProtected === undefined || isProtected === project.protectedRefs.includes(ref)) return;
  project.protectedRefs = isProtected
    ? [...project.protectedRefs, ref]
    : project.protectedRefs.filter((one) => one !== ref);
}
