import { isId, type IdKind } from '@cleanroom/kernel';
import { GraphQLError } from 'graphql';

/** A place in a list that is ordered by ids, which begin with the time of their making: stable under inserts. */
export const encodeCursor = (id: string): string => Buffer.from(id).toString('base64url');

/** @throws GraphQLError `BAD_USER_INPUT` where it is no place in a list of this kind */
export const decodeCursor = (kind: IdKind, cursor: string | undefined): string | undefined => {
  if (cursor === undefined) return undefined;
  const id = Buffer.from(String(cursor), 'base64url').toString();
  if (isId(kind, id)) return id;
  throw new GraphQLError('"after" takes a cursor of this list.', { extensions: { code: 'BAD_USER_INPUT' } });
};

/** A Relay connection of rows that were read one beyond `limit`. */
export const connectionOf = <T extends { readonly id: string }>(
  rows: readonly T[],
  limit: number,
  totalCount: number,
) => {
  const nodes = rows.slice(0, limit);
  const edges = nodes.map((node) => ({ cursor: encodeCursor(node.id), node }));
  const pageInfo = { hasNextPage: rows.length > limit, endCursor: edges.at(-1)?.cursor ?? null };
  return { edges, nodes, pageInfo, totalCount };
};
