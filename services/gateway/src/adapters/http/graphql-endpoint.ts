import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FormattedExecutionResult } from 'graphql';
import type { TokenCallers } from '../../actions/token-callers.js';
import type { TokenWatch } from '../../actions/token-watch.js';
import type { Credential, KnownUser } from '../../ports.js';
import { sentOperation, type SentOperation } from '../graphql/operation-params.js';
import type { Operations, Outcome } from '../graphql/run-operation.js';
import { sendEvents } from './event-stream.js';
import { readBody } from './read-body.js';
import { sendJson } from './send-json.js';

/** An operation with its variables; nothing that a person or a program writes is longer. */
export const MOST_GRAPHQL_BYTES = 100 * 1024;
const GRAPHQL_MEDIA_TYPE = 'application/graphql-response+json';

export interface GraphQLEndpointOptions {
  readonly operations: Operations;
  readonly callers: TokenCallers;
  readonly watch: TokenWatch;
  readonly credentialOf: (request: IncomingMessage) => Credential | undefined;
}

/** GraphQL over HTTP: POST and JSON only, so that no page of somebody else can send it; the caller first of all. */
export class GraphQLEndpoint {
  constructor(private readonly options: GraphQLEndpointOptions) {}

  async answer(request: IncomingMessage, response: ServerResponse, source: string): Promise<void> {
    if (request.method !== 'POST')
      return refuse(response, 405, 'BAD_USER_INPUT', 'GraphQL takes POST.', { allow: 'POST' });
    const [mediaType = ''] = (request.headers['content-type'] ?? '').split(';');
    if (mediaType.trim().toLowerCase() !== 'application/json')
      return refuse(response, 415, 'BAD_USER_INPUT', 'GraphQL takes application/json.');
    const credential = this.options.credentialOf(request);
    const user = credential && (await this.options.callers.userOf(credential));
    if (!user)
      return refuse(response, 401, 'UNAUTHENTICATED', 'Send a valid API token.', {
        'www-authenticate': 'Bearer',
      });
    const sent = sentOperation(parseJson(await readBody(request, MOST_GRAPHQL_BYTES)));
    if (!sent)
      return refuse(
        response,
        400,
        'BAD_USER_INPUT',
        'Send one object with "query" or "documentId" and, if you like, "variables".',
      );
    await this.#run(sent, { request, response, source, credential, user });
  }

  async #run(sent: SentOperation, of: Exchange): Promise<void> {
    const { request, response, source, user, credential } = of;
    const left = new AbortController();
    // Who has their answer ends nothing by leaving.
    response.once('close', () => response.writableFinished || left.abort());
    const outcome = await this.options.operations.run(sent, {
      ...{ user, source, by: credential.kind },
      signal: left.signal,
    });
    const accept = request.headers.accept ?? '';
    if (accept.includes('text/event-stream')) return this.#stream(outcome, of, left);
    if (outcome.kind === 'stream') {
      await outcome.events.return?.();
      return refuse(response, 406, 'BAD_USER_INPUT', 'Subscriptions take text/event-stream or a WebSocket.');
    }
    const isGraphQL = accept.includes(GRAPHQL_MEDIA_TYPE);
    const status = outcome.kind === 'refused' && isGraphQL ? 400 : 200;
    const contentType = `${isGraphQL ? GRAPHQL_MEDIA_TYPE : 'application/json'}; charset=utf-8`;
    sendJson(response, status, outcome.result, { 'content-type': contentType });
  }

  async #stream(
    outcome: Outcome,
    { response, credential, user }: Exchange,
    left: AbortController,
  ): Promise<void> {
    const events = outcome.kind === 'stream' ? outcome.events : single(outcome.result);
    const end = () => {
      left.abort();
      void events.return?.();
    };
    // Who left while the stream was being opened leaves no second time.
    if (left.signal.aborted) return end();
    const stopWatching = this.options.watch.watch(credential, user, end);
    response.once('close', end);
    try {
      await sendEvents(response, events, left.signal);
    } finally {
      stopWatching();
    }
  }
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly source: string;
  readonly credential: Credential;
  readonly user: KnownUser;
}

/** Refuses in GraphQL's form what was not executed. */
export function refuse(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): void {
  sendJson(response, status, { errors: [{ message, extensions: { code } }] }, headers);
}

/** Says that something unforeseen happened, and under which id the log has it. */
export function failInternally(response: ServerResponse, correlationId: string): void {
  const extensions = { code: 'INTERNAL', correlationId };
  sendJson(response, 500, { errors: [{ message: 'Internal error', extensions }] });
}

async function* single(result: FormattedExecutionResult): AsyncGenerator<FormattedExecutionResult> {
  yield result;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
