/** What a browser keeps of a session: for this host alone, over TLS alone, out of reach of scripts and of other sites. */
export const SESSION_COOKIE = '__Host-cleanroom';

const KEPT_WHERE = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/** `Set-Cookie` that gives a browser a session. */
export const sessionCookie = (secret: string, seconds: number): string =>
  `${SESSION_COOKIE}=${secret}; ${KEPT_WHERE}; Max-Age=${seconds}`;

/** `Set-Cookie` that takes it away. */
export const NO_SESSION_COOKIE = `${SESSION_COOKIE}=; ${KEPT_WHERE}; Max-Age=0`;

/** Far longer than any session of ours with all that a browser may send beside it; more is not looked at. */
const MOST_CHARACTERS = 8_192;

/** The session in a `Cookie` header; `undefined` where there is none. */
export function sessionIn(cookies: unknown): string | undefined {
  if (typeof cookies !== 'string' || cookies.length > MOST_CHARACTERS) return undefined;
  const start = `${SESSION_COOKIE}=`;
  const pair = cookies
    .split(';')
    .map((text) => text.trim())
    .find((text) => text.startsWith(start));
  return pair?.slice(start.length) || undefined;
}
