import { CursorExpired, NoCursor } from '@cleanroom/messaging';
import { GraphQLError } from 'graphql';

/**
 * Says to a subscriber what is wrong with the cursor; passes every other error on.
 *
 * @throws GraphQLError `CURSOR_EXPIRED` or `BAD_USER_INPUT`
 */
export function refuseCursor(error: unknown): never {
  if (error instanceof CursorExpired)
    throw refused('CURSOR_EXPIRED', 'The cursor has expired: ask for the list afresh.');
  if (error instanceof NoCursor)
    throw refused('BAD_USER_INPUT', '"after" takes a cursor of this subscription, or of its list.');
  throw error;
}

const refused = (code: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code } });
