import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '@cleanroom/kernel';
import { isPrivateAddress } from '@cleanroom/service-kit/edge';
import { isConsolePath } from '../../domain/console-file.js';
import { machineFile } from '../../domain/machine-file.js';
import { publicRoute } from '../../domain/public-routes.js';
import { IdentityUnreachable } from '../../ports.js';
import type { ConsoleFiles } from './console-files.js';
import { failInternally, refuse, type GraphQLEndpoint } from './graphql-endpoint.js';
import type { MachineFiles } from './machine-files.js';
import type { Probes } from './probes.js';
import { BodyTooLarge } from './read-body.js';
import { sendJson } from './send-json.js';
import type { ServiceProxy } from './service-proxy.js';

export const GRAPHQL_PATH = '/graphql';

export interface FrontDoorOptions {
  readonly graphql: GraphQLEndpoint;
  readonly proxy: ServiceProxy;
  readonly probes: Probes;
  readonly console: ConsoleFiles;
  readonly machineFiles: MachineFiles;
  readonly sourceOf: (request: IncomingMessage) => string;
  readonly log: Log;
}

/** Leads each request to who answers it; what leads nowhere is 404. */
export class FrontDoor {
  constructor(private readonly options: FrontDoorOptions) {}

  /** Never rejects. */
  async open(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    response.setHeader('x-request-id', requestId);
    response.setHeader('x-content-type-options', 'nosniff');
    const path = pathOf(request);
    try {
      await this.#lead(path, request, response, requestId);
    } catch (error) {
      this.#fail(path, response, error, requestId);
    }
  }

  async #lead(path: string, request: IncomingMessage, response: ServerResponse, requestId: string) {
    const { graphql, proxy, probes, sourceOf } = this.options;
    const source = sourceOf(request);
    if (path === GRAPHQL_PATH) return graphql.answer(request, response, source);
    const route = publicRoute(path);
    if (route) return proxy.answer(request, response, { route, source, requestId });
    const file = machineFile(path);
    if (file) return this.options.machineFiles.answer(request, response, file);
    if (isConsolePath(path)) return this.options.console.answer(request, response, path);
    if (path === '/health/live') return probes.live(response);
    if (path === '/health/serving') return probes.serving(response);
    if (path === '/health/ready') return probes.ready(response);
    // Figures are for those who run the installation; from the internet there are none.
    if (path === '/metrics' && isPrivateAddress(source) && !isForwarded(request))
      return probes.exposition(response);
    sendJson(response, 404, { error: 'not_found' });
  }

  #fail(path: string, response: ServerResponse, error: unknown, requestId: string): void {
    const isGraphQL = path === GRAPHQL_PATH;
    if (error instanceof BodyTooLarge) {
      if (isGraphQL) return refuse(response, 413, 'QUERY_TOO_LARGE', 'The request is too large.');
      return sendJson(response, 413, { error: 'too_large' });
    }
    const isUnknown = error instanceof IdentityUnreachable;
    if (response.req.destroyed && !isUnknown) return;
    const told = { error, path, correlationId: requestId };
    // It is identity's failure, and who called is asked to come again.
    if (isUnknown) this.options.log.warn(told, 'nobody said who calls');
    else this.options.log.error(told, 'a request failed');
    if (!isUnknown)
      return isGraphQL ? failInternally(response, requestId) : sendJson(response, 500, { error: 'internal' });
    const headers = { 'retry-after': '1' };
    if (!isGraphQL) return sendJson(response, 503, { error: 'unavailable' }, headers);
    refuse(response, 503, 'SERVICE_UNAVAILABLE', 'Who you are cannot be checked now.', headers);
  }
}

export const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?', 1)[0] ?? '/';

/** A proxy that nobody named has a private address too, and whoever stands behind it may be anyone. */
const isForwarded = ({ headers }: IncomingMessage): boolean =>
  ['x-forwarded-for', 'forwarded', 'via'].some((name) => headers[name] !== undefined);
