import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { finishJob } from '../jobs/job-life.js';
import type { Job } from '../model.js';
import { ApiError, badRequest } from '../wire/answer.js';
import type { Answer } from '../wire/answer.js';
import { leftOut } from '../wire/left-out.js';
import type { ApiRequest, OpenRoute } from '../wire/route.js';
import { timestamp } from '../world.js';
import type { World } from '../world.js';
import { authenticateJob } from './runner-calls.js';
import { judgeTrace, toldTrace } from './trace-check.js';
import type { TraceVerdict } from './trace-check.js';
import { continuesTrace, parseRange } from './trace-range.js';

/** How often GitLab wants a piece of the trace while nobody watches, in seconds. */
const TRACE_INTERVAL = 60;
/** When it wants to hear again of an end whose trace it has not yet as it was told, in seconds. */
const END_INTERVAL = 1;
/** So long is an end put off whose trace does not add up; then it is taken all the same. */
const END_PATIENCE_MS = 5 * 60_000;

const update = z.object({
  state: leftOut(z.string()),
  failure_reason: leftOut(z.string()),
  output: leftOut(toldTrace),
});

/** What a runner tells of the job that it runs. */
export const jobUpdateRoutes = (world: World): OpenRoute[] => [
  {
    operation: 'append_trace',
    method: 'PATCH',
    url: '/jobs/:id/trace',
    caller: 'job',
    handle: (request) => appendTrace(world, authenticateJob(world, request), request),
  },
  {
    operation: 'update_job',
    method: 'PUT',
    url: '/jobs/:id',
    caller: 'job',
    handle: (request) => updateJob(world, authenticateJob(world, request), request),
  },
];

function appendTrace(world: World, job: Job, { headers, body }: ApiRequest): Answer {
  const header = headers['content-range'];
  if (header === undefined)
    throw new ApiError({ status: 400, body: { error: '400 Missing header Content-Range' } });
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const range = parseRange(header);
  if (!range || !continuesTrace(job.traceSize, range, bytes.length)) {
    return {
      status: 416,
      body: { error: '416 Range Not Satisfiable' },
      headers: { range: `0-${job.traceSize}` },
    };
  }
  world.traces.append(job.id, job.traceSize, bytes);
  job.traceSize += bytes.length;
  job.traceChecksum = crc32(bytes, job.traceChecksum);
  job.updatedAt = timestamp(world);
  world.changed();
  return { status: 202, body: '202', headers: { ...statusHeaders(job), range: `0-${job.traceSize}` } };
}

function updateJob(world: World, job: Job, { body }: ApiRequest): Answer {
  const { state, failure_reason: reason, output } = update.parse(body);
  if (state === undefined || state === 'running') touch(world, job);
  else if (state === 'success' || state === 'failed') {
    const verdict = judgeTrace(job, output);
    if (isPutOff(world, job, verdict)) return putOff(world, job, verdict);
    endJob(world, job, { state, reason, traceComplete: output ? verdict === 'complete' : null });
  } else throw badRequest('Unknown parameters');
  return { status: 200, body: '200', headers: statusHeaders(job) };
}

/** Whether the runner shall make the trace good first, for which it has some minutes since it told of the end. */
function isPutOff(world: World, job: Job, verdict: TraceVerdict): boolean {
  const now = timestamp(world);
  job.endToldAt ??= now;
  return verdict !== 'complete' && Date.parse(now) - Date.parse(job.endToldAt) < END_PATIENCE_MS;
}

/** 202: not all of it is here, tell me again. 412: it is another one, send it again from its beginning. */
function putOff(world: World, job: Job, verdict: TraceVerdict): Answer {
  if (verdict === 'different') Object.assign(job, { traceSize: 0, traceChecksum: 0 });
  touch(world, job);
  const status = verdict === 'different' ? 412 : 202;
  return { status, body: String(status), headers: statusHeaders(job, END_INTERVAL) };
}

interface ToldEnd {
  readonly state: 'success' | 'failed';
  readonly reason: string | undefined;
  readonly traceComplete: boolean | null;
}

function endJob(world: World, job: Job, { state, reason, traceComplete }: ToldEnd): void {
  const failureReason = state === 'failed' ? reason || 'unknown_failure' : null;
  if (job.status === 'running') finishJob(world, job, { status: state, failureReason, traceComplete });
  else finishJob(world, job, { status: 'canceled', traceComplete });
}

function touch(world: World, job: Job): void {
  job.updatedAt = timestamp(world);
  world.changed();
}

const statusHeaders = ({ status }: Job, interval = TRACE_INTERVAL): Record<string, string> => ({
  'job-status': status,
  'x-gitlab-trace-update-interval': String(interval),
});
