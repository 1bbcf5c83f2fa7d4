import { GraphQLError } from 'graphql';
import type { Measure } from './measure-operation.js';

/** What one operation may be at most. */
export interface QueryLimits {
  /** Words and signs of the document, before anything else is looked at. */
  readonly tokens: number;
  /** Fields within fields; introspection has a depth of its own. */
  readonly depth: number;
  /** The same, for operations of these names. */
  readonly depthOf: Readonly<Record<string, number>>;
  readonly introspectionDepth: number;
  readonly aliases: number;
  readonly directives: number;
  /** Fields and fragments once all fragments are spread, so that a short document cannot stand for a huge one. */
  readonly selections: number;
  /** Fields, each times the length of the lists that it is in. */
  readonly cost: number;
}

export const DEFAULT_LIMITS: QueryLimits = {
  tokens: 1_000,
  depth: 7,
  depthOf: {},
  introspectionDepth: 16,
  aliases: 10,
  directives: 10,
  selections: 1_500,
  cost: 50_000,
};

/** Of a text that the operator has read: it may be as long and as deep as it likes, but not as dear. */
export const ofRegistered = (limits: QueryLimits): QueryLimits => ({
  ...limits,
  tokens: Infinity,
  depth: Infinity,
  depthOf: {},
  aliases: Infinity,
  directives: Infinity,
});

/** Every limit that an operation exceeds. */
export function exceeded(measure: Measure, name: string | undefined, limits: QueryLimits): GraphQLError[] {
  const depth =
    name !== undefined && Object.hasOwn(limits.depthOf, name) ? (limits.depthOf[name] ?? 0) : limits.depth;
  return [
    beyond('depth', measure.depth, depth),
    beyond('introspection depth', measure.introspectionDepth, limits.introspectionDepth),
    beyond('number of aliases', measure.aliases, limits.aliases),
    beyond('number of directives', measure.directives, limits.directives),
    beyond('number of fields', measure.selections, limits.selections),
    beyond('cost', measure.cost, limits.cost),
  ].filter((error) => error !== undefined);
}

export const limitExceeded = (what: string, most: number): GraphQLError =>
  new GraphQLError(`The ${what} of an operation is limited to ${most}.`, {
    extensions: { code: 'QUERY_TOO_LARGE' },
  });

const beyond = (what: string, actual: number, most: number): GraphQLError | undefined =>
  actual > most ? limitExceeded(what, most) : undefined;
