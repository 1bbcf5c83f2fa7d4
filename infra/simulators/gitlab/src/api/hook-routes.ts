import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Hook } from '../model.js';
import { invalidParameters, unprocessable } from '../wire/answer.js';
import type { Answer } from '../wire/answer.js';
import { pageOf } from '../wire/pages.js';
import type { ApiRequest, UserRoute } from '../wire/route.js';
import { testHook } from '../webhooks/test-hook.js';
import { nextId, timestamp } from '../world.js';
import type { World } from '../world.js';
import { hookEntity } from './hook-entity.js';
import { hookOf, hookOwnerOf, hooksOf } from './hook-of.js';
import type { HookOwner } from './hook-of.js';

const attributes = z.object({
  url: z.url({ protocol: /^https?$/ }),
  name: z.string().nullish(),
  token: z.string().nullish(),
  signing_token: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{43}=$/, 'must be whsec_ and base64 of 32 bytes')
    .nullish(),
  job_events: z.boolean().optional(),
  push_events: z.boolean().optional(),
  enable_ssl_verification: z.boolean().optional(),
});

type Handle = (owner: HookOwner, request: ApiRequest) => Answer | Promise<Answer>;

/** The webhooks of projects and groups: GitLab has the same operations for both. */
export const hookRoutes = (world: World): UserRoute[] =>
  (['project', 'group'] as const).flatMap((kind) => {
    const route = (
      operation: string,
      method: UserRoute['method'],
      rest: string,
      handle: Handle,
    ): UserRoute => ({
      operation: `${operation}_hook${operation === 'list' ? 's' : ''}`,
      method,
      url: `/${kind}s/:id/hooks${rest}`,
      scopes: method === 'GET' ? ['read_api'] : [],
      handle: (request, caller) => handle(hookOwnerOf(world, kind, request, caller), request),
    });
    return [
      route('list', 'GET', '', (owner, request) => {
        const hooks = hooksOf(world, owner).map((hook) => hookEntity(world, hook));
        return pageOf(request, world.url(), `/${kind}s/${owner.id}/hooks`, hooks);
      }),
      route('create', 'POST', '', (owner, request) => create(world, owner, request)),
      route('get', 'GET', '/:hookId', (owner, request) => ok(world, hookOf(world, owner, request))),
      route('edit', 'PUT', '/:hookId', (owner, request) =>
        update(world, hookOf(world, owner, request), request),
      ),
      route('delete', 'DELETE', '/:hookId', (owner, request) => remove(world, hookOf(world, owner, request))),
      route('test', 'POST', '/:hookId/test/:trigger', (owner, request) =>
        test(world, hookOf(world, owner, request), request),
      ),
    ];
  });

const ok = (world: World, hook: Hook, status = 200): Answer => ({ status, body: hookEntity(world, hook) });

function create(world: World, owner: HookOwner, { body }: ApiRequest): Answer {
  const input = read(attributes, body);
  const hook: Hook = {
    ...{ id: nextId(world, 'hook'), owner, uuid: randomUUID(), url: input.url, name: input.name ?? null },
    ...{ token: input.token ?? null, signingToken: input.signing_token ?? null },
    ...{ jobEvents: input.job_events ?? false, pushEvents: input.push_events ?? true },
    enableSslVerification: input.enable_ssl_verification ?? true,
    ...{ recentFailures: 0, disabledUntil: null, createdAt: timestamp(world) },
  };
  world.state.hooks.push(hook);
  world.changed();
  return ok(world, hook, 201);
}

function update(world: World, hook: Hook, { body }: ApiRequest): Answer {
  const input = read(attributes.partial(), body);
  // GitLab forgets the tokens when the address changes, so that they do not reach a stranger.
  const moved = input.url !== undefined && input.url !== hook.url;
  hook.url = input.url ?? hook.url;
  hook.name = input.name ?? hook.name;
  hook.token = input.token ?? (moved ? null : hook.token);
  hook.signingToken = input.signing_token ?? (moved ? null : hook.signingToken);
  hook.jobEvents = input.job_events ?? hook.jobEvents;
  hook.pushEvents = input.push_events ?? hook.pushEvents;
  hook.enableSslVerification = input.enable_ssl_verification ?? hook.enableSslVerification;
  world.changed();
  return ok(world, hook);
}

function remove(world: World, hook: Hook): Answer {
  world.state.hooks = world.state.hooks.filter(({ id }) => id !== hook.id);
  world.hookEvents.forget(hook.id);
  world.changed();
  return { status: 204 };
}

async function test(world: World, hook: Hook, { params }: ApiRequest): Promise<Answer> {
  if (params.trigger !== 'job_events') throw invalidParameters('trigger does not have a valid value');
  const refusal = await testHook(world, hook);
  if (refusal) throw unprocessable(refusal);
  return { status: 201, body: { message: '201 Created' } };
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalidParameters(`${issue?.path.join('.')} is invalid: ${issue?.message}`);
}
