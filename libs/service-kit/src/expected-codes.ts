/**
 * Codes of errors whose message was written for the caller; every other error is a surprise, which is never shown raw
 * but has the code `INTERNAL`.
 */
export const EXPECTED_CODES: readonly string[] = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'CURSOR_EXPIRED',
  'QUERY_TOO_LARGE',
  'SERVICE_UNAVAILABLE',
];
