import { GraphQLError } from 'graphql';

const MOST = 100;

/** A checked page of a list. */
export interface Page {
  readonly limit: number;
  readonly after: string | undefined;
}

/** @throws GraphQLError `BAD_USER_INPUT` when `first` is outside 1 to 100 or the cursor cannot be one */
export function pageArguments(first: number, after: string | null | undefined): Page {
  if (!Number.isInteger(first) || first < 1 || first > MOST) throw badInput(`"first" takes 1 to ${MOST}.`);
  if (after === null || after === undefined) return { limit: first, after: undefined };
  if (!/^[A-Za-z0-9_-]{1,512}$/.test(after)) throw badInput('"after" takes a cursor of this list.');
  return { limit: first, after };
}

const badInput = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
