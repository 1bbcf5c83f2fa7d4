import { isId, type IdKind } from '@cleanroom/kernel';
import { GraphQLError } from 'graphql';
import type { PageOf } from '../../actions/read-fleet.js';

/** A place in a list that is ordered by ids: stable under inserts. */
export const encodeCursor = (id: string): string => Buffer.from(id).toString('base64url');

/** @throws GraphQLError `BAD_USER_INPUT` where it is no place in a list of this kind */
export function decodeCursor(kind: IdKind | 'timeline', cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const id = Buffer.from(cursor, 'base64url').toString();
  if (kind === 'timeline' ? /^\d{1,18}$/.test(id) : isId(kind, id)) return id;
  throw new GraphQLError('"after" takes a cursor of this list.', { extensions: { code: 'BAD_USER_INPUT' } });
}

/** A page in the form of a Relay connection. */
export function connectionOf<T extends { id: string }>({ nodes, hasNextPage, totalCount }: PageOf<T>) {
  const edges = nodes.map((node) => ({ cursor: encodeCursor(node.id), node }));
  return { edges, nodes, totalCount, pageInfo: { hasNextPage, endCursor: edges.at(-1)?.cursor ?? null } };
}
