import { readFileSync } from 'node:fs';
import {
  ApolloGateway,
  RemoteGraphQLDataSource,
  type GraphQLDataSourceProcessOptions,
} from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { signCall, type SignedCaller } from '@cleanroom/service-kit/edge';
import { readOrder } from './read-order.js';

/** What the program that measures tells this one. */
export interface ApolloOrder {
  readonly port: number;
  readonly supergraph: string;
  readonly subgraphs: Readonly<Record<string, string>>;
  readonly gatewayKey: string;
  readonly caller: SignedCaller;
}

const { port, supergraph, subgraphs, gatewayKey, caller } = await readOrder<ApolloOrder>();

/** Services refuse what nobody has signed; that alone was added to what Apollo brings. */
class SigningSource extends RemoteGraphQLDataSource {
  override willSendRequest({ request }: GraphQLDataSourceProcessOptions): void {
    const { http, ...rest } = request;
    const parts = { method: 'POST', path: '/graphql', body: JSON.stringify(rest) };
    for (const [name, value] of Object.entries(signCall(gatewayKey, caller, parts)))
      http?.headers.set(name, value);
  }
}

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(supergraph, 'utf8'),
  buildService: ({ name }) => new SigningSource({ url: subgraphs[name] ?? '' }),
});
await startStandaloneServer(new ApolloServer({ gateway }), { listen: { host: '127.0.0.1', port } });
