import { archiveOf } from '../artifacts/artifacts-of.js';
import type { Job } from '../model.js';
import type { World } from '../world.js';

/** What a job's definition says of artifacts and caches, in the words of the runner protocol. */
export function definedParts(world: World, { definition }: Job, token: string) {
  const { artifacts = [], cache = [], dependencies = [] } = definition ?? {};
  return {
    artifacts: artifacts.map(({ expireIn, ...rule }) => ({
      ...rule,
      ...(expireIn === undefined ? {} : { expire_in: expireIn }),
      ...{ artifact_type: 'archive', artifact_format: 'zip' },
    })),
    cache: cache.map(({ fallbackKeys, ...rule }) => ({ ...rule, fallback_keys: fallbackKeys })),
    dependencies: dependencies.flatMap((id) => dependency(world, id, token)),
  };
}

/** A job that it depends on, to be fetched with the token of the job that asks. */
function dependency(world: World, id: number, token: string) {
  const job = world.state.jobs.find((one) => one.id === id);
  if (!job) return [];
  const archive = archiveOf(world, job);
  const file = archive && { artifacts_file: { filename: archive.filename, size: archive.size } };
  return [{ id, name: job.name, token, ...file }];
}
