import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Log } from '@cleanroom/kernel';
import { signCall, traceHeaders } from '@cleanroom/service-kit/edge';
import { request as ask, type Dispatcher } from 'undici';
import { admitCall, type Doorkeepers } from '../../actions/admit-call.js';
import { isOwnOrigin } from '../../domain/allowed-origin.js';
import {
  headersToCaller,
  headersToService,
  withoutCookies,
  withoutCredentials,
} from '../../domain/forwarded-headers.js';
import type { PublicRoute } from '../../domain/public-routes.js';
import type { CallerFrom } from '../../ports.js';
import { readBody } from './read-body.js';
import { sendJson } from './send-json.js';
import { shownCredential } from './shown-credential.js';

/** GitLab's largest webhooks stay below. */
export const MOST_PROXIED_BYTES = 256 * 1024;
const ANSWER_WITHIN_MS = 10_000;

export interface ServiceProxyOptions extends Doorkeepers {
  /** Origin of each service, by name. */
  readonly origins: Readonly<Record<string, string>>;
  readonly publicOrigin: string;
  readonly gatewayKey: string;
  readonly dispatcher: Dispatcher;
  readonly log: Log;
}

/** Passes calls on to services byte by byte, signed for whoever makes them. */
export class ServiceProxy {
  constructor(private readonly options: ServiceProxyOptions) {}

  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    { route, source, requestId }: { route: PublicRoute; source: string; requestId: string },
  ): Promise<void> {
    const { method = 'GET', url: path = '/', headers } = request;
    if (route.cookies && this.#isStrangers(request)) return sendJson(response, 403, { error: 'FORBIDDEN' });
    const body = await readBody(request, MOST_PROXIED_BYTES);
    const bodySha256 = createHash('sha256').update(body).digest('hex');
    const credential = shownCredential(request, this.options.publicOrigin);
    const call = { route, method, path, headers, credential, bodySha256, source };
    const caller = await admitCall(this.options, call);
    if (!caller) return sendJson(response, 401, { error: 'UNAUTHENTICATED' });
    const forService = headersToService(headers);
    const passed = route.cookies ? forService : withoutCookies(forService);
    const kept = caller.kind === 'anonymous' ? passed : withoutCredentials(passed);
    await this.#pass(response, route, {
      method,
      path,
      body,
      caller,
      headers: { ...kept, 'x-request-id': requestId },
    });
  }

  /** A browser would send the cookie with a stranger's page too, and take one that such a page asks for. */
  #isStrangers({ method, headers }: IncomingMessage): boolean {
    return method !== 'GET' && !isOwnOrigin(headers.origin, headers.host, this.options.publicOrigin);
  }

  async #pass(response: ServerResponse, { service }: PublicRoute, call: SignableCall): Promise<void> {
    const { method, path, body, caller, headers } = call;
    const answer = await ask(`${this.options.origins[service]}${path}`, {
      method: method as Dispatcher.HttpMethod,
      headers: {
        ...headers,
        ...signCall(this.options.gatewayKey, caller, { method, path, body }),
        ...traceHeaders(),
      },
      body: body.length > 0 ? body : null,
      dispatcher: this.options.dispatcher,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    }).catch((error: unknown) => {
      this.options.log.warn({ error, service }, 'a service gave no answer');
    });
    if (!answer) return sendJson(response, 503, { error: 'SERVICE_UNAVAILABLE' }, { 'retry-after': '1' });
    response.writeHead(answer.statusCode, headersToCaller(answer.headers));
    await pipeline(answer.body, response);
  }
}

interface SignableCall {
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
  readonly caller: CallerFrom;
  readonly headers: Record<string, string | string[]>;
}
