import type { DynamicModule } from '@nestjs/common';
import { ApolloFederationDriver, type ApolloFederationDriverConfig } from '@nestjs/apollo';
import { GraphQLModule } from '@nestjs/graphql';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import type { Log } from '@cleanroom/kernel';
import { UsedNonces, type Database } from '@cleanroom/persistence';
import type { BaseConfig } from './base-config.js';
import { CONFIG, DATABASE, LOG } from './injection-tokens.js';
import { maskError } from './mask-error.js';
import type { SignedRequest } from './signed-calls.js';
import { SOCKET_PARTS, socketCheck, type SocketContext } from './signed-socket.js';
import type { SubgraphContext } from './subgraph-context.js';

export interface SubgraphOptions {
  /** Where the SDL files are, such as `<src>/adapters/graphql/*.graphql`. */
  typePaths: string[];
}

/** A federated subgraph on Fastify: signed calls only, errors masked, subscriptions over graphql-ws. */
export const subgraphModule = ({ typePaths }: SubgraphOptions): DynamicModule =>
  GraphQLModule.forRootAsync<ApolloFederationDriverConfig>({
    driver: ApolloFederationDriver,
    inject: [CONFIG, LOG, DATABASE],
    useFactory: (config: BaseConfig, log: Log, db: Database) => ({
      typePaths,
      path: SOCKET_PARTS.path,
      graphiql: false,
      introspection: true,
      includeStacktraceInErrorResponses: false,
      // Nest would answer a refused operation with its HTTP status, and a gateway reads that as a broken subgraph.
      preserveHttpStatusForExecutionErrors: false,
      fieldResolverEnhancers: ['guards'],
      plugins: [ApolloServerPluginInlineTraceDisabled()],
      formatError: maskError(log),
      context: contextOf,
      subscriptions: {
        'graphql-ws': {
          path: SOCKET_PARTS.path,
          onConnect: socketCheck(config.CLEANROOM_GATEWAY_KEY, new UsedNonces(db)) as never,
        },
      },
    }),
  });

/** Called with a request, or with a graphql-ws connection. */
function contextOf(origin: SignedRequest | SocketContext): SubgraphContext {
  const caller = 'extra' in origin ? origin.extra.caller : origin.caller;
  if (!caller) throw new Error('an operation came past the signature check');
  return { caller, source: caller.source, loaders: new Map() };
}
