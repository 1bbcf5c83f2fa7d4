import { z } from 'zod';
import { nextJobFor, startJob } from '../jobs/job-life.js';
import type { Runner } from '../model.js';
import type { Answer } from '../wire/answer.js';
import { leftOutGroup } from '../wire/left-out-group.js';
import { leftOut } from '../wire/left-out.js';
import type { OpenRoute } from '../wire/route.js';
import type { World } from '../world.js';
import { jobPayloadFor } from './job-payload.js';
import { authenticateRunner, noteContact, readRunnerCall } from './runner-calls.js';

const question = z.object({
  last_update: leftOut(z.string()),
  info: leftOutGroup({ features: leftOutGroup({ cancel_gracefully: z.boolean().default(false) }) }),
});

/** `POST /jobs/request`: a runner asks for its next job. */
export const requestJobRoute = (world: World): OpenRoute => ({
  operation: 'request_job',
  method: 'POST',
  url: '/jobs/request',
  caller: 'runner',
  handle: async (request) => {
    const call = readRunnerCall(request);
    const runner = authenticateRunner(world, call);
    const manager = noteContact(world, runner, call, request.sourceAddress);
    const asked = question.safeParse(request.body);
    // A runner that has already heard this value is not searched for again.
    if (asked.success && asked.data.last_update === runner.queueValue) return hold(world, runner);
    if (runner.paused) return nothing(world, runner);
    const job = nextJobFor(world, runner);
    const project = world.state.projects.find(({ id }) => id === job?.projectId);
    if (!job || !project) return nothing(world, runner);
    const token = startJob(world, job, manager, asked.data?.info.features.cancel_gracefully ?? false);
    return { status: 201, body: await jobPayloadFor(world, job, project, runner, token) };
  },
});

/**
 * The front of a real GitLab keeps such a runner waiting. It never answers with the job that ends the wait, for the
 * connection may be dead by then: the runner has to ask again.
 */
async function hold(world: World, runner: Runner): Promise<Answer> {
  const { settings, clock, bell, ledger } = world;
  if (settings.longPollSeconds === 0) return nothing(world, runner);
  await bell.wait(runner.id, (settings.longPollSeconds * 1000) / clock.factor);
  ledger.polledInVain(runner.id);
  return { status: 204 };
}

function nothing({ ledger }: World, { id, queueValue }: Runner): Answer {
  ledger.polledInVain(id);
  return { status: 204, headers: { 'x-gitlab-last-update': queueValue } };
}
