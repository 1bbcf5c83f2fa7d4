import type { Job } from '../model.js';
import { forbidden, notFound } from '../wire/answer.js';
import type { Answer } from '../wire/answer.js';
import type { ApiRequest, OpenRoute } from '../wire/route.js';
import { hashOf } from '../world.js';
import type { World } from '../world.js';
import { archiveOf } from './artifacts-of.js';

/** `GET /jobs/:id/artifacts`: a running job fetches what a job of its project has left, with its own token. */
export const downloadArtifactRoute = (world: World): OpenRoute => ({
  operation: 'download_artifacts',
  method: 'GET',
  url: '/jobs/:id/artifacts',
  caller: 'job',
  handle: (request) => archive(world, readableJob(world, request)),
});

/** The archive of a job, as a file. @throws ApiError 404 where there is none, or none any more */
export function archive(world: World, job: Job): Answer {
  const found = archiveOf(world, job);
  const content = found && world.artifacts.get(found.id);
  if (!found || !content) throw notFound('File');
  const type = found.format === 'zip' ? 'application/zip' : 'application/octet-stream';
  const name = found.filename.replaceAll(/["\r\n]/g, '_');
  return {
    status: 200,
    file: { type, content },
    headers: { 'content-disposition': `attachment; filename="${name}"` },
  };
}

function readableJob({ state }: World, { params, query, headers }: ApiRequest): Job {
  const token = [headers['job-token'] ?? query.token].flat()[0];
  const reader = token === undefined ? undefined : holderOf(state.jobs, token);
  if (!reader) throw forbidden();
  const job = state.jobs.find(({ id }) => String(id) === params.id);
  if (!job || job.projectId !== reader.projectId) throw forbidden();
  return job;
}

function holderOf(jobs: readonly Job[], token: string): Job | undefined {
  const hash = hashOf(token);
  return jobs.find(
    ({ tokenHash, status }) => tokenHash === hash && (status === 'running' || status === 'canceling'),
  );
}
