import { GitLabError } from './gitlab-error.js';
import type { GitLabErrorKind } from './gitlab-error.js';
import { parseJson } from './parse-json.js';

const READS = new Set(['GET', 'HEAD']);

/** Node's and undici's codes for a request of which not one byte has reached GitLab. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

export const isRead = (method: string): boolean => READS.has(method);

/** What an HTTP status other than 2xx means. */
export function failedAnswer(
  method: string,
  operation: string,
  response: Response,
  body: string,
): GitLabError {
  const { status } = response;
  const kind = status === 404 && !isJson(response) ? unknown(method) : kindOf(status, method);
  return new GitLabError(`${status} ${sentence(body)}`, {
    kind,
    operation,
    status,
    ...(kind === 'rate-limited' ? { retryAt: retryAt(response.headers) } : {}),
  });
}

/** What it means that no whole answer came. */
export function noAnswer(method: string, operation: string, error: unknown): GitLabError {
  const code = codeOf(error);
  const kind = NEVER_SENT.has(code) ? 'unavailable' : unknown(method);
  return new GitLabError(`no answer (${code})`, { kind, operation });
}

/** An answer of the right status whose content is not what GitLab documents: for a write, the effect may exist. */
export function strangeAnswer(method: string, operation: string, reason: string): GitLabError {
  const kind = unknown(method);
  return new GitLabError(`an answer of an unexpected form (${reason})`, { kind, operation });
}

function kindOf(status: number, method: string): GitLabErrorKind {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 409) return 'conflict';
  if (status === 429) return 'rate-limited';
  if (status >= 500 || status === 408) return unknown(method);
  return 'invalid';
}

const unknown = (method: string): GitLabErrorKind => (isRead(method) ? 'unavailable' : 'unknown-outcome');

/** GitLab says "not found" in JSON; a proxy's page about it says nothing about the thing. */
const isJson = ({ headers }: Response): boolean => /\bjson\b/.test(headers.get('content-type') ?? '');

/** `Retry-After` in seconds, or GitLab's `RateLimit-Reset` in Unix seconds; a minute where it says neither. */
function retryAt(headers: Headers): Date {
  const after = Number(headers.get('retry-after') ?? NaN);
  if (Number.isFinite(after)) return new Date(Date.now() + after * 1000);
  const reset = Number(headers.get('ratelimit-reset') ?? NaN);
  return Number.isFinite(reset) ? new Date(reset * 1000) : new Date(Date.now() + 60_000);
}

function sentence(body: string): string {
  try {
    const { message, error, error_description: description } = parseJson(body) as Record<string, unknown>;
    const said = message ?? description ?? error ?? '';
    return typeof said === 'string' ? said : JSON.stringify(said);
  } catch {
    // A proxy's HTML page says nothing to a reader of an error.
    return '';
  }
}

function codeOf(error: unknown): string {
  const { name, code, cause } = parts(error);
  if (name === 'TimeoutError') return 'timeout';
  return parts(cause).code ?? code ?? name ?? 'unknown';
}

/** Without `instanceof`: the errors of `fetch` may come from another realm. */
const parts = (error: unknown): { name?: string; code?: string; cause?: unknown } =>
  typeof error === 'object' && error !== null ? error : {};
