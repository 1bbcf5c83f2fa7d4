import type { FormattedExecutionResult, GraphQLError } from 'graphql';
import type { CallerFrom, KnownUser } from '../../ports.js';

/** What an operation carries with it through the planner to each subgraph. */
export interface OperationContext {
  readonly caller: CallerFrom;
  readonly user: KnownUser;
  /** Ends what the operation still does. */
  readonly signal: AbortSignal;
  /** When calls to subgraphs end at the latest, by `performance.now()`: so that what the others answered still arrives. */
  readonly callsEndAt: number;
}

/** One request to one subgraph. */
export interface SubgraphRequest {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: object | undefined;
  readonly operationName: string | undefined;
  /** Whether repeating it is harmless. */
  readonly isQuery: boolean;
}

/** A subgraph's answer, or the errors that stand for the missing one. */
export type SubgraphAnswer =
  FormattedExecutionResult<Record<string, unknown>, unknown> | { readonly errors: readonly GraphQLError[] };
