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

function hostOf(origin: string): string | undefined {
  return /^https?:\/\/([^/]+)$/.exec(origin.toLowerCase())?.[1];
}
