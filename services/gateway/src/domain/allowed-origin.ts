/**
 * Whether a page of this origin may open a WebSocket. Programs that are no browsers send none. A page of the host that
 * was asked, or of a configured one, may.
 */
export function isAllowedOrigin(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined) return true;
  return allowed.includes(origin) || (host !== undefined && hostOf(origin) === host.toLowerCase());
}

/** Whether a page of this installation itself asks. What says nothing of a page is none: a program needs no cookie. */
export const isOwnOrigin = (
  origin: string | undefined,
  host: string | undefined,
  publicOrigin: string,
): boolean => origin !== undefined && isAllowedOrigin(origin, host, [publicOrigin]);

/**
 * Whether a page of this installation reads. Of the page that reads from its own origin a browser names no origin, but says
 * that it is the same; no page can write that header itself.
 */
export const isOwnReading = (
  method: string | undefined,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): boolean => method === 'GET' && headers.origin === undefined && headers['sec-fetch-site'] === 'same-origin';

function hostOf(origin: string): string | undefined {
  return /^https?:\/\/([^/]+)$/.exec(origin.toLowerCase())?.[1];
}
