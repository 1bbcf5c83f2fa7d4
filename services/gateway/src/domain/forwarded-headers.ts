export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Headers that concern one connection only, and those that the next one gets anew. */
const HOP_HEADERS = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Written by the gateway alone: from outside they would be lies. */
const OURS = /^(x-cleanroom-|x-forwarded-|forwarded$|traceparent$|tracestate$|baggage$|x-request-id$)/;

/** What of a caller's headers a service may see. */
export const headersToService = (headers: Headers): Record<string, string | string[]> =>
  withoutHops(headers, (name) => !OURS.test(name));

/** What of a service's headers a caller may see. */
export const headersToCaller = (headers: Headers): Record<string, string | string[]> =>
  withoutHops(headers, (name) => !name.startsWith('x-cleanroom-') && name !== 'x-powered-by');

/** Leaves out what a browser keeps for us, which concerns one service only. */
export const withoutCookies = (
  headers: Record<string, string | string[]>,
): Record<string, string | string[]> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'cookie'));

/** Leaves out credentials, which the service needs no more once the gateway has checked them. */
export function withoutCredentials(
  headers: Record<string, string | string[]>,
): Record<string, string | string[]> {
  const isProof = (name: string) => name === 'authorization' || name.startsWith('x-machine-');
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isProof(name)));
}

function withoutHops(headers: Headers, keep: (name: string) => boolean): Record<string, string | string[]> {
  const listed = String(headers.connection ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  const dropped = new Set([...HOP_HEADERS, ...listed]);
  return Object.fromEntries(
    Object.entries(headers).filter(
      (entry): entry is [string, string | string[]] =>
        entry[1] !== undefined && !dropped.has(entry[0]) && keep(entry[0]),
    ),
  );
}
