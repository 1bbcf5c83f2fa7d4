import { noteDelivery } from '../webhooks/announcer.js';
import type { HookEvent } from '../webhooks/hook-events.js';
import type { jobPayload } from '../webhooks/job-payload.js';
import { sendHook } from '../webhooks/send-hook.js';
import type { AccessToken } from '../access-tokens.js';
import type { Hook } from '../model.js';
import { ApiError, notFound, unprocessable } from '../wire/answer.js';
import type { Answer } from '../wire/answer.js';
import { pageOf } from '../wire/pages.js';
import { RateLimit } from '../wire/rate-limit.js';
import type { ApiRequest, UserRoute } from '../wire/route.js';
import type { World } from '../world.js';
import { hookEventEntity } from './hook-event-entity.js';
import { hookOf, hookOwnerOf } from './hook-of.js';

const RESENDS_PER_MINUTE = 5;
const INTERNAL_ERROR = 'internal error';

/** What was delivered to a webhook lately, and sending it again. */
export const hookEventRoutes = (world: World): UserRoute[] => {
  const limit = new RateLimit(world.clock, RESENDS_PER_MINUTE);
  return (['project', 'group'] as const).flatMap((kind): UserRoute[] => {
    const events = `/${kind}s/:id/hooks/:hookId/events`;
    const find = (request: ApiRequest, caller: AccessToken): Hook =>
      hookOf(world, hookOwnerOf(world, kind, request, caller), request);
    return [
      {
        ...{ operation: 'list_hook_events', method: 'GET', url: events, scopes: ['read_api'] },
        handle: (request, caller) => list(world, find(request, caller), request),
      },
      {
        ...{ operation: 'resend_hook_event', method: 'POST', url: `${events}/:eventId/resend` },
        scopes: [],
        handle: (request, caller) => {
          const hook = find(request, caller);
          if (!limit.count(`${hook.id} ${caller.username}`).allowed) throw tooMany();
          return resend(world, hook, request);
        },
      },
    ];
  });
};

function list(world: World, hook: Hook, request: ApiRequest): Answer {
  const wanted = [request.query.status].flat()[0];
  const events = world.hookEvents.of(hook.id).filter((event) => !wanted || isOf(event, wanted));
  const path = `/${hook.owner.kind}s/${hook.owner.id}/hooks/${hook.id}/events`;
  return pageOf(request, world.url(), path, events, hookEventEntity);
}

function isOf({ response }: HookEvent, wanted: string): boolean {
  const status = response?.status ?? 0;
  if (wanted === 'successful') return status >= 200 && status < 300;
  if (wanted === 'client_failure') return status >= 400 && status < 500;
  if (wanted === 'server_failure') return status >= 500 || !response;
  return wanted === (response ? String(status) : INTERNAL_ERROR);
}

/** Sends the same bytes under the same key: a receiver can tell that it has had them. */
async function resend(world: World, hook: Hook, { params }: ApiRequest): Promise<Answer> {
  const event = world.hookEvents.of(hook.id).find(({ id }) => String(id) === params.eventId);
  if (!event) throw notFound('Hook event');
  if (event.url !== hook.url)
    throw unprocessable('The hook URL has changed. This log entry cannot be retried.');
  const { deliveryId, requestBody: body } = event;
  const status = await sendHook(world, hook, { deliveryId, body });
  const outcome = noteDelivery(world, hook, status) ? 'delivered' : 'failed';
  const { build_id: jobId, build_status: jobStatus } = JSON.parse(body) as ReturnType<typeof jobPayload>;
  world.ledger.append({
    ...{ type: 'webhook-delivery', hookId: hook.id, jobId, jobStatus },
    ...{ deliveryId, outcome, status, duplicate: true },
  });
  return { status: 201, body: { response_status: status ?? INTERNAL_ERROR } };
}

const tooMany = (): ApiError =>
  new ApiError({
    status: 429,
    body: { message: { error: 'This endpoint has been requested too many times. Try again later.' } },
  });
