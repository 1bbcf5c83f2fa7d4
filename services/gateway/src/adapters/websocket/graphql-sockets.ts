import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, parse, type ExecutionArgs, type FormattedExecutionResult } from 'graphql';
import { handleProtocols, makeServer, type Context, type Server } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { Log } from '@cleanroom/kernel';
import { UNAUTHORIZED_CLOSE } from '@cleanroom/service-kit/edge';
import type { TokenCallers } from '../../actions/token-callers.js';
import type { TokenWatch } from '../../actions/token-watch.js';
import { isAllowedOrigin } from '../../domain/allowed-origin.js';
import { socketToken } from '../../domain/bearer-token.js';
import type { Credential, KnownUser } from '../../ports.js';
import { sentOperation } from '../graphql/operation-params.js';
import type { Operations } from '../graphql/run-operation.js';
import { MOST_GRAPHQL_BYTES } from '../http/graphql-endpoint.js';
import { attachSocket } from './attach-socket.js';
import type { SocketExtra } from './socket-extra.js';

/** More at once no page needs, and each is held here and at a service. */
const MOST_SUBSCRIPTIONS = 100;
const HELLO_WITHIN_MS = 3_000;
const GOING_AWAY = 1001;
/** Clients take it as a reason to try again. */
const TRY_AGAIN_LATER = 1013;

export interface GraphQLSocketsOptions {
  readonly operations: Operations;
  readonly callers: TokenCallers;
  readonly watch: TokenWatch;
  readonly credentialOf: (request: IncomingMessage) => Credential | undefined;
  readonly sourceOf: (request: IncomingMessage) => string;
  readonly allowedOrigins: readonly string[];
  readonly log: Log;
}

type SocketContext = Context<Record<string, unknown> | undefined, SocketExtra>;

/** GraphQL over WebSockets (graphql-transport-ws): who calls is said once, and watched as long as the socket is open. */
export class GraphQLSockets {
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_GRAPHQL_BYTES,
    handleProtocols,
  });
  readonly #server: Server<SocketExtra>;

  constructor(private readonly options: GraphQLSocketsOptions) {
    const run = (args: ExecutionArgs) => this.#run(args);
    this.#server = makeServer<Record<string, unknown> | undefined, SocketExtra>({
      connectionInitWaitTimeout: HELLO_WITHIN_MS,
      onConnect: (context) => this.#welcome(context),
      onSubscribe: (context, _id, payload) => admitted(context, payload),
      execute: run,
      subscribe: run,
      // Results come as they go over the wire already.
      onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
    });
  }

  /** Takes a connection over, unless the page that opened it is a stranger's. */
  upgrade(request: IncomingMessage, connection: Duplex, head: Buffer): void {
    if (!isAllowedOrigin(request.headers.origin, request.headers.host, this.options.allowedOrigins))
      return void connection.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    this.#sockets.handleUpgrade(request, connection, head, (socket) =>
      attachSocket(this.#server, socket, request, this.options.log),
    );
  }

  /** Sends all clients away, in a way that makes them come again. */
  close(): void {
    for (const socket of this.#sockets.clients) socket.close(GOING_AWAY, 'Going away');
    this.#sockets.close();
  }

  async #welcome({ connectionParams, extra }: SocketContext): Promise<boolean> {
    const { callers, credentialOf, watch, log } = this.options;
    const { socket, request, closed } = extra;
    const token = socketToken(connectionParams);
    const credential =
      token === undefined ? credentialOf(request) : ({ kind: 'token', secret: token } as const);
    try {
      const user = credential && (await callers.userOf(credential));
      if (!user) {
        socket.close(UNAUTHORIZED_CLOSE, 'Unauthorized');
        return false;
      }
      // Who left meanwhile does not close a second time: nobody would stop watching.
      if (closed.aborted) return false;
      extra.user = user;
      extra.by = credential.kind;
      const end = () => socket.close(UNAUTHORIZED_CLOSE, 'Unauthorized');
      socket.once('close', watch.watch(credential, user, end));
      return true;
    } catch (error) {
      log.warn({ error }, 'a socket was sent away because nobody said who it is');
      socket.close(TRY_AGAIN_LATER, 'Try again later');
      return false;
    }
  }

  async #run({ contextValue }: ExecutionArgs) {
    const { sent, extra } = contextValue as ReturnType<typeof admitted>['contextValue'] & object;
    const source = this.options.sourceOf(extra.request);
    const outcome = await this.options.operations.run(sent, {
      user: extra.user as KnownUser,
      by: extra.by ?? 'token',
      source,
      signal: extra.closed,
    });
    return (outcome.kind === 'stream' ? outcome.events : outcome.result) as never;
  }
}

/** graphql-ws looks at the document to tell one kind of operation from another; for us that makes no difference. */
const ANY_DOCUMENT = parse('{ __typename }');

function admitted({ extra, subscriptions }: SocketContext, payload: object) {
  const sent = sentOperation(payload);
  if (!sent) return [refused('BAD_USER_INPUT', 'Send "query" and, if you like, "variables".')] as never;
  if (Object.keys(subscriptions).length > MOST_SUBSCRIPTIONS)
    return [
      refused('QUERY_TOO_LARGE', `A socket carries ${MOST_SUBSCRIPTIONS} operations at most.`),
    ] as never;
  return { schema: undefined as never, document: ANY_DOCUMENT, contextValue: { sent, extra } };
}

const refused = (code: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code } });
