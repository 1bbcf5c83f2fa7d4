import type { Artifact, Job } from '../model.js';
import { timestamp } from '../world.js';
import type { World } from '../world.js';

/** The artifacts of a job that have not expired. */
export function artifactsOf(world: World, { artifacts = [] }: Job): Artifact[] {
  const now = timestamp(world);
  return artifacts.filter(({ expireAt }) => expireAt === null || expireAt > now);
}

/** The one that other jobs, and people, download. */
export const archiveOf = (world: World, job: Job): Artifact | undefined =>
  artifactsOf(world, job).find(({ type }) => type === 'archive');

/** Forgets what has expired, and the bytes of what is no more. */
export function sweepArtifacts(world: World): void {
  const alive = new Set<number>();
  for (const job of world.state.jobs) {
    if (!job.artifacts) continue;
    job.artifacts = artifactsOf(world, job);
    for (const { id } of job.artifacts) alive.add(id);
  }
  world.artifacts.keepOnly(alive);
  world.changed();
}
