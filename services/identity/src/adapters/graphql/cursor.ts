import { GraphQLError } from 'graphql';

/** A place in the audit log: its entries are numbered as they come. */
export const encodeCursor = (id: string): string => Buffer.from(id).toString('base64url');

/** @throws GraphQLError `BAD_USER_INPUT` where it is no place in the audit log */
export function decodeCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString();
  if (/^\d{1,18}$/.test(id)) return id;
  throw new GraphQLError('"after" takes a cursor of this list.', { extensions: { code: 'BAD_USER_INPUT' } });
}
