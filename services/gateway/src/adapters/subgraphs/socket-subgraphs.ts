import type { GraphQLError } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Log } from '@cleanroom/kernel';
import { signSocket } from '@cleanroom/service-kit/edge';
import { millisecondsToEnd } from '../../domain/socket-end.js';
import { BoundedStream } from './bounded-stream.js';
import { missingAnswer } from './missing-answer.js';
import type { OperationContext, SubgraphAnswer, SubgraphRequest } from './subgraph-request.js';

export interface SocketSubgraphsOptions {
  readonly urls: Readonly<Record<string, string>>;
  readonly gatewayKey: string;
  readonly log: Log;
}

const CONNECT_WITHIN_MS = 1_500;
const PING_EVERY_MS = 10_000;
/** A socket whose other end does not answer a ping is given up. */
const PONG_WITHIN_MS = 5_000;

/**
 * Subscriptions at the subgraphs: one socket for each caller and subgraph, because a socket's caller is signed when it
 * says hello. It closes with its last subscription.
 */
export class SocketSubgraphs {
  readonly #clients = new Map<string, Client>();

  constructor(private readonly options: SocketSubgraphsOptions) {}

  /** Events until either side ends it. A socket that breaks ends it with an error that says so. */
  subscribe(of: SubgraphRequest, context: OperationContext): AsyncIterableIterator<SubgraphAnswer> {
    const client = this.#clientOf(of.subgraph, context);
    const stream = new BoundedStream<SubgraphAnswer>(() => unsubscribe());
    const { query, variables, operationName } = of;
    const unsubscribe = client.subscribe<Record<string, unknown>>(
      { query, variables: { ...variables }, operationName },
      {
        next: (result) => stream.push(asEvent(result)),
        error: (error) => {
          this.options.log.warn({ error: described(error), subgraph: of.subgraph }, 'a subscription broke');
          stream.push(
            asEvent(Array.isArray(error) ? { errors: error as GraphQLError[] } : missingAnswer(query)),
          );
          stream.end();
        },
        complete: () => stream.end(),
      },
    );
    return stream;
  }

  /** Ends all subscriptions. */
  async close(): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.dispose()));
  }

  #clientOf(subgraph: string, { caller, user }: OperationContext): Client {
    const key = `${subgraph} ${JSON.stringify(caller)}`;
    const known = this.#clients.get(key);
    if (known) return known;
    const client = this.#connect(subgraph, { caller, user });
    client.on('closed', () => this.#clients.get(key) === client && this.#clients.delete(key));
    this.#clients.set(key, client);
    return client;
  }

  #connect(subgraph: string, { caller, user }: Pick<OperationContext, 'caller' | 'user'>): Client {
    const { urls, gatewayKey } = this.options;
    const client = createClient({
      url: (urls[subgraph] ?? '').replace(/^http/, 'ws'),
      webSocketImpl: class extends WebSocket {
        constructor(address: string, protocols: string) {
          super(address, protocols, { handshakeTimeout: CONNECT_WITHIN_MS });
        }
      },
      connectionParams: () =>
        signSocket(gatewayKey, caller, new Date(Date.now() + millisecondsToEnd(user.expiresAt, new Date()))),
      retryAttempts: 0,
      lazyCloseTimeout: 0,
      connectionAckWaitTimeout: CONNECT_WITHIN_MS,
      keepAlive: PING_EVERY_MS,
    });
    giveUpWhenSilent(client);
    return client;
  }
}

function giveUpWhenSilent(client: Client): void {
  let timer: NodeJS.Timeout | undefined;
  client.on('ping', (received) => {
    if (!received) timer = setTimeout(() => client.terminate(), PONG_WITHIN_MS);
  });
  client.on('pong', () => clearTimeout(timer));
  client.on('closed', () => clearTimeout(timer));
}

/** The runtime takes an event without data for one that changes nothing, and would tell the one before it again. */
const asEvent = (answer: SubgraphAnswer): SubgraphAnswer =>
  'data' in answer && answer.data ? answer : { ...answer, data: {} };

/** A close event says more than its class. */
function described(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || !('code' in error)) return error;
  const { code, reason } = error as { code: unknown; reason?: unknown };
  return `closed with ${String(code)} ${String(reason ?? '')}`.trim();
}
