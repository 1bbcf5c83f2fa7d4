import { createGatewayRuntime, type GatewayRuntime } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { OperationTypeNode, print, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { HttpSubgraphs } from '../subgraphs/http-subgraphs.js';
import type { SocketSubgraphs } from '../subgraphs/socket-subgraphs.js';
import type { OperationContext, SubgraphRequest } from '../subgraphs/subgraph-request.js';

/** The runtime that plans operations and joins what the subgraphs answer. */
export interface Supergraph {
  /** What callers see. */
  readonly schema: GraphQLSchema;
  readonly runtime: GatewayRuntime;
}

export interface SupergraphOptions {
  /** The composed SDL. */
  readonly sdl: string;
  /** The subgraphs whose addresses are known. */
  readonly known: readonly string[];
  readonly http: HttpSubgraphs;
  readonly sockets: SocketSubgraphs;
}

/** A request of the planner, as far as we look at it. */
interface PlannedRequest {
  readonly document: DocumentNode;
  readonly variables?: object;
  readonly operationName?: string;
  readonly operationType?: string;
  readonly context?: unknown;
}

/** The subgraphs that a composed schema is made of. */
const subgraphsOf = (sdl: string): string[] =>
  [...sdl.matchAll(/@join__graph\(name: "([^"]+)"/g)].map(([, name]) => name ?? '');

/**
 * Loads the composed schema. Every request to a subgraph goes through executors of our own, which sign it.
 *
 * @throws RangeError when the schema needs a subgraph whose address nobody told
 */
export async function loadSupergraph({ sdl, known, ...subgraphs }: SupergraphOptions): Promise<Supergraph> {
  const missing = subgraphsOf(sdl).filter((name) => !known.includes(name));
  if (missing.length > 0)
    throw new RangeError(`CLEANROOM_SUBGRAPHS has no address for ${missing.join(', ')}`);
  const runtime = createGatewayRuntime({
    supergraph: sdl,
    unifiedGraphHandler,
    transports: () => ({ getSubgraphExecutor: ({ subgraphName }) => executorOf(subgraphName, subgraphs) }),
    // Merging the requests of one tick would move the paths of their errors.
    __experimental__batchExecution: false,
    logging: false,
    maskedErrors: false,
    subgraphErrors: false,
    graphiql: false,
    landingPage: false,
    requestId: false,
  });
  return { schema: await runtime.getSchema(), runtime };
}

const executorOf =
  (subgraph: string, { http, sockets }: Pick<SupergraphOptions, 'http' | 'sockets'>) =>
  ({ document, variables, operationName, operationType, context }: PlannedRequest): never => {
    const operation = context as OperationContext;
    const isQuery = operationType === OperationTypeNode.QUERY;
    const of: SubgraphRequest = { subgraph, query: printed(document), variables, operationName, isQuery };
    const isSubscription = operationType === OperationTypeNode.SUBSCRIPTION;
    return (isSubscription ? sockets.subscribe(of, operation) : http.execute(of, operation)) as never;
  };

/** The planner makes each document once and sends it many times. */
const printedDocuments = new WeakMap<DocumentNode, string>();

function printed(document: DocumentNode): string {
  const known = printedDocuments.get(document);
  if (known !== undefined) return known;
  const text = print(document);
  printedDocuments.set(document, text);
  return text;
}
