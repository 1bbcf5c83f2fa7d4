import { z } from 'zod';
import { errorKind } from './error-kind.js';
import { HetznerError } from './hetzner-error.js';
import type { OperationName } from './operations.js';

const errorBody = z.object({
  // The message has been seen as null with 500 server_error.
  error: z.object({ code: z.string().catch(''), message: z.string().nullish().catch(undefined) }),
});

/** Network failures after which the request has certainly not reached Hetzner. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The error for a call that got no usable answer: time-out, reset, truncated or senseless body. */
export function failureOf(operation: OperationName, write: boolean, cause: unknown): HetznerError {
  const code = codeOf(cause);
  const kind = write && !neverSent.has(code) ? 'unknown-outcome' : 'unavailable';
  return new HetznerError({ kind, operation, code, detail: `no usable answer (${code})` });
}

export interface Refusal {
  readonly operation: OperationName;
  readonly write: boolean;
  readonly response: Response;
  readonly text: string;
  readonly retryAt?: Date;
}

/** The error for an answer with an error status. */
export function refusalOf({ operation, write, response, text, retryAt }: Refusal): HetznerError {
  const { code, message } = readError(text);
  const httpStatus = response.status;
  return new HetznerError({
    kind: errorKind({ httpStatus, code, message, write }),
    operation,
    code: code || `http_${httpStatus}`,
    detail: withoutTokens(message) || undefined,
    httpStatus,
    correlationId: response.headers.get('x-correlation-id') ?? undefined,
    retryAt,
  });
}

const MOST_CHARACTERS = 300;
/** Hetzner's have 64 characters, the tickets in user data 47; no id and no word has as many. */
const TOKENS = /[\w+/=-]{40,}/g;

/** What stands between us and Hetzner may repeat what was sent, as long as it likes. */
const withoutTokens = (message: string): string =>
  message.replace(TOKENS, '[token]').slice(0, MOST_CHARACTERS);

function readError(text: string): { code: string; message: string } {
  try {
    const { error } = errorBody.parse(JSON.parse(text));
    return { code: error.code, message: error.message ?? '' };
  } catch {
    return { code: '', message: '' };
  }
}

/** The parts of an error that name it. Errors are not always instances of this realm's Error, so the shape decides. */
interface NamedFailure {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

/** The system's word for a failure; fetch hides it one or two causes deep. Messages may quote addresses: none is kept. */
function codeOf(failure: unknown): string {
  if (typeof failure !== 'object' || failure === null) return 'failed';
  const { name, code, cause, errors } = failure as NamedFailure;
  if (name === 'TimeoutError' || name === 'AbortError') return 'timed_out';
  if (typeof code === 'string') return code;
  if (name === 'SyntaxError') return 'senseless_answer';
  return codeOf(errors?.[0] ?? cause);
}
