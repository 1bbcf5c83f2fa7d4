import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AccessToken, TokenBook } from '../access-tokens.js';
import type { World } from '../world.js';
import { ApiError, invalidParameters, revoked, unauthorized } from './answer.js';
import type { Answer } from './answer.js';
import type { ApiRequest, Route, UserRoute } from './route.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Absent for what is no API operation. */
    operation?: string;
  }
  interface FastifyRequest {
    /** Who called, for the ledger. */
    callerName: string | null;
  }
}

/** Puts the operations of GitLab's API on the air. */
export function serveRoutes(
  app: FastifyInstance,
  world: World,
  tokens: TokenBook,
  routes: readonly Route[],
): void {
  // What came so far is no call that anything could be done with, such as a body that is not what it says.
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) =>
    reply.code(error.statusCode ?? 500).send({ error: error.message }),
  );
  for (const route of routes) {
    app.route({
      method: route.method,
      url: route.url,
      ...(route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit }),
      config: { operation: route.operation },
      handler: async (request, reply) => send(reply, await answer(world, tokens, route, request)),
    });
  }
}

async function answer(
  world: World,
  tokens: TokenBook,
  route: Route,
  request: FastifyRequest,
): Promise<Answer> {
  try {
    if (!('scopes' in route)) {
      request.callerName = route.caller;
      return await route.handle(toApiRequest(request));
    }
    const caller = authenticate(tokens, request);
    request.callerName = caller.username;
    const { allowed, headers } = world.rateLimit.count(caller.username);
    if (!allowed) return { status: 429, text: 'Retry later\n', headers };
    const answered = scopeRefusal(route, caller) ?? (await route.handle(toApiRequest(request), caller));
    return { ...answered, headers: { ...headers, ...answered.headers } };
  } catch (error) {
    if (error instanceof ApiError) return error.answer;
    if (error instanceof z.ZodError) return invalidParameters(invalidIn(error)).answer;
    world.log.error({ operation: route.operation, error: String(error) }, 'the simulator failed');
    return { status: 500, body: { message: '500 Internal Server Error' } };
  }
}

/** In the words of Grape, on which GitLab's API stands. */
const invalidIn = ({ issues }: z.ZodError): string =>
  issues
    .map(({ path }) => (path.length > 0 ? `${path.join('.')} is invalid` : 'the parameters are invalid'))
    .join(', ');

function authenticate(tokens: TokenBook, { headers }: FastifyRequest): AccessToken {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  const token = [headers['private-token']].flat()[0] ?? bearer;
  const caller = token === undefined ? undefined : tokens.find(token);
  if (!caller) throw token !== undefined && tokens.wasRevoked(token) ? revoked() : unauthorized();
  return caller;
}

/** GitLab tells of a missing scope before it looks at anything else. */
function scopeRefusal({ scopes }: UserRoute, caller: AccessToken): Answer | undefined {
  if (scopes === 'any' || ['api', ...scopes].some((scope) => caller.scopes.includes(scope))) return undefined;
  return {
    status: 403,
    body: {
      error: 'insufficient_scope',
      error_description: 'The request requires higher privileges than provided by the access token.',
      scope: ['api', ...scopes].join(' '),
    },
  };
}

const toApiRequest = (request: FastifyRequest): ApiRequest => ({
  params: request.params as Record<string, string>,
  query: request.query as ApiRequest['query'],
  body: request.body ?? {},
  headers: request.headers,
  sourceAddress: request.socket.remoteAddress ?? '',
});

function send(reply: FastifyReply, { status, body, text, file, headers = {} }: Answer): FastifyReply {
  reply.code(status).headers(headers);
  if (file) return reply.type(file.type).send(file.content);
  if (text !== undefined) return reply.type('text/plain').send(text);
  // The runner takes a body for JSON only if it is declared so.
  return body === undefined ? reply.send() : reply.type('application/json').send(JSON.stringify(body));
}
