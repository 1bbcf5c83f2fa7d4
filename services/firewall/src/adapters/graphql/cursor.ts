import { isId } from '@cleanroom/kernel';
import { GraphQLError } from 'graphql';

/** A place in a list that is ordered by ids, which are ordered by their making: stable under inserts. */
export const encodeCursor = (id: string): string => Buffer.from(id).toString('base64url');

/** @throws GraphQLError `BAD_USER_INPUT` for what is no cursor of the list of policies */
export function decodeCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString();
  if (isId('firewallPolicy', id)) return id;
  throw new GraphQLError('"after" takes a cursor of this list.', { extensions: { code: 'BAD_USER_INPUT' } });
}
