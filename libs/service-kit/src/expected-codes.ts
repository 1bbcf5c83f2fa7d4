/** Codes of errors whose message was written for the caller; every other error is a surprise, which is never shown raw. */
export const EXPECTED_CODES: readonly string[] = [
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'CURSOR_EXPIRED',
  'FORBIDDEN',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'PRICES_UNKNOWN',
  'UNAUTHENTICATED',
];
