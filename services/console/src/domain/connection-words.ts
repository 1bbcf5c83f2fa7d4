export type ConnectionStatus = 'CONNECTED' | 'CREDENTIALS_INVALID' | 'UNREACHABLE';

/** How a connection is, and what happens next. */
export const CONNECTION_WORDS: Readonly<Record<ConnectionStatus, string>> = {
  CONNECTED: 'Connected.',
  CREDENTIALS_INVALID: 'Its token is not accepted any more: nothing goes on there until it is replaced.',
  UNREACHABLE: 'It gives no usable answer at the moment; it is tried again every minute.',
};

/** Of all connections, as a sentence. */
export function connectionsInWords(statuses: readonly ConnectionStatus[]): string {
  const troubled = statuses.filter((status) => status !== 'CONNECTED').length;
  if (statuses.length === 0) return 'Nothing is connected yet.';
  if (troubled === 0)
    return statuses.length === 1 ? 'It is connected.' : `All ${statuses.length} are connected.`;
  return `${troubled} of ${statuses.length} ${troubled === 1 ? 'needs' : 'need'} a look.`;
}
