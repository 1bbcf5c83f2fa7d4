export const CONSOLE_PATH = '/console';

const INDEX = 'index.html';

export const isConsolePath = (path: string): boolean =>
  path === CONSOLE_PATH || path.startsWith(`${CONSOLE_PATH}/`);

/**
 * Which of the console's files answers a path: the one of that name or, for the address of one of its pages, its index.
 * What looks like a file and is none has no answer, and a path that another program could read differently has none either.
 *
 * @param names of the files that there are, without a slash in front
 */
export function consoleFile(path: string, names: { has(name: string): boolean }): string | undefined {
  const name = path.slice(CONSOLE_PATH.length + 1);
  if (names.has(name)) return name;
  const isPage = /^([\w~-]+(\/[\w~-]+)*\/?)?$/.test(name) && !name.startsWith('assets/');
  return isPage && names.has(INDEX) ? INDEX : undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json; charset=utf-8',
  woff2: 'font/woff2',
};

/** What a browser is to take a file for; never for more than its name says. */
export const mediaTypeOf = (name: string): string =>
  TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';

/** Names of assets change with what is in them; all else is asked for anew each time. */
export const cacheRuleOf = (name: string): string =>
  name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';

/** Nothing from elsewhere, nothing inline, no script out of text; and within nobody's frame. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Headers of everything that the console is made of. */
export const CONSOLE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};
