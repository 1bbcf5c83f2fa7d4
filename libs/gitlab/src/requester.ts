import { createRequesterFn } from '@gitbeaker/requester-utils';
import type {
  FormattedResponse,
  ResourceOptions,
  RequesterType,
  ResponseBodyTypes,
} from '@gitbeaker/requester-utils';
import { setTimeout as pause } from 'node:timers/promises';
import { failedAnswer, isRead, noAnswer, strangeAnswer } from './failure.js';
import { GitLabError } from './gitlab-error.js';
import { parseJson } from './parse-json.js';

export interface RequesterOptions {
  /** Stands in for the global `fetch`: tests, and addresses that were resolved and checked beforehand. */
  readonly fetch: typeof fetch;
  /** How long one attempt may take, the reading of its answer included, in milliseconds of real time. */
  readonly timeoutMs: number;
  /** Pauses before a failed read is repeated, in milliseconds; their number is the number of repetitions. */
  readonly retryDelaysMs: readonly number[];
}

/** A read waits for `Retry-After` only so long; beyond that the caller is told when to come back. */
const LONGEST_WAIT_MS = 5_000;

/** The address of a GitLab is its owner's choice: whoever answers there must not fill our memory. Bytes. */
const LARGEST_ANSWER = 8 * 1024 * 1024;

interface Call extends RequestInit {
  readonly method: string;
  readonly url: URL;
  readonly operation: string;
}

/**
 * The requester that gitbeaker's resources use in place of their own, which repeats every method, POST included,
 * within milliseconds and without regard for `Retry-After`. This one repeats reads only, and never a write: after a
 * lost answer only the caller knows how to find out what happened.
 */
export const createRequester = (options: RequesterOptions): ((resource: ResourceOptions) => RequesterType) =>
  createRequesterFn(
    (_resource, request) => Promise.resolve(request),
    async <T extends ResponseBodyTypes>(endpoint: string, request: Record<string, unknown> = {}) =>
      (await answerOf(toCall(endpoint, request), options)) as FormattedResponse<T>,
  );

function toCall(endpoint: string, request: Record<string, unknown>): Call {
  const { prefixUrl, searchParams, method, headers, body } = request as Record<string, string>;
  const url = new URL(endpoint, `${prefixUrl}`.replace(/(?<!\/)\/*$/, '/'));
  url.search = searchParams ?? '';
  const operation = `${method} ${url.pathname.replace(/^.*\/api\/v4\/+/, '')}`;
  return {
    url,
    operation,
    method: method ?? 'GET',
    headers: headers as unknown as Record<string, string>,
    body,
  };
}

async function answerOf(call: Call, options: RequesterOptions): Promise<FormattedResponse> {
  const delays = isRead(call.method) ? options.retryDelaysMs : [];
  for (const delay of delays) {
    try {
      return await attempt(call, options);
    } catch (error) {
      const wait = waitBefore(error, delay);
      if (wait === undefined) throw error;
      await pause(wait);
    }
  }
  return attempt(call, options);
}

/** Undefined where repeating at once is no use. */
function waitBefore(error: unknown, delay: number): number | undefined {
  if (!(error instanceof GitLabError)) return undefined;
  if (error.kind === 'unavailable') return delay * (0.5 + Math.random());
  if (error.kind !== 'rate-limited') return undefined;
  const wait = Math.max(0, (error.retryAt?.getTime() ?? Infinity) - Date.now());
  return wait <= LONGEST_WAIT_MS ? wait : undefined;
}

async function attempt(call: Call, { fetch, timeoutMs }: RequesterOptions): Promise<FormattedResponse> {
  const { url, operation, ...request } = call;
  let response: Response;
  let text: string;
  try {
    // A redirect could carry the token, or a customer's address, to a host that nobody checked.
    const signal = AbortSignal.timeout(timeoutMs);
    response = await fetch(url, { ...request, redirect: 'manual', signal });
    text = await readText(response, isLog(url) ? 1 : Infinity);
  } catch (error) {
    throw noAnswer(call.method, operation, error);
  }
  if (!response.ok) throw failedAnswer(call.method, operation, response, text);
  return {
    body: content(call, text),
    headers: Object.fromEntries(response.headers),
    status: response.status,
  };
}

/** A job's log is text of any length, of which we only ask whether there is any. */
const isLog = ({ pathname }: URL): boolean => /\/jobs\/\d+\/trace$/.test(pathname);

/** @param enough bytes after which the rest is of no interest */
async function readText({ body }: Response, enough: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > LARGEST_ANSWER)
      throw Object.assign(new Error('the answer is too large'), { code: 'TOO_LARGE' });
    chunks.push(chunk);
    if (size >= enough) break;
  }
  return Buffer.concat(chunks).toString();
}

function content({ method, operation, url }: Call, text: string): ResponseBodyTypes {
  if (text === '') return null;
  if (isLog(url)) return text;
  try {
    return parseJson(text) as ResponseBodyTypes;
  } catch {
    throw strangeAnswer(method, operation, 'no JSON');
  }
}
