import { SpanKind } from '@opentelemetry/api';
import { fetch as undiciFetch, type Dispatcher } from 'undici';
import { checkAddress, resolveAll, type Lookup } from './checked-address.js';
import { PinnedConnections } from './pinned-connections.js';
import { traceHeaders, withSpan } from './tracing.js';

export interface GuardedFetchOptions {
  /** host:port pairs that may be private, and reached without TLS; local mode's simulators. */
  allowedPrivateHosts: readonly string[];
  /** Real milliseconds for one request, the resolving of its name included. @default 10000 */
  timeoutMs?: number;
  /** Most bytes of an answer, after decompression. @default 5 MiB */
  maxBytes?: number;
  /** How names are resolved. @default the system's resolver */
  lookup?: Lookup;
}

/** An answer is larger than is taken. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';
}

const MOST_BYTES = 5 * 1024 * 1024;
const BODILESS = new Set([204, 205, 304]);

/**
 * A fetch for addresses that customers gave. Names are resolved once, every answer must be public, and the connection
 * goes to the very address that was checked, so that a second answer of the resolver changes nothing. Redirects are not
 * followed. Calls carry the trace and get a span.
 *
 * Rejects with AddressNotAllowed, with AnswerTooLarge, with a TimeoutError, or as fetch does.
 */
export function guardedFetch(options: GuardedFetchOptions): typeof fetch {
  const { allowedPrivateHosts, timeoutMs = 10_000, maxBytes = MOST_BYTES, lookup = resolveAll } = options;
  const allowed = new Set(allowedPrivateHosts);
  const connections = new PinnedConnections();
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
    const address = await orAborted(checkAddress(url, allowed, lookup), signal);
    const dispatcher = connections.to(address);
    return withSpan(
      `${request.method} ${url.host}`,
      { kind: SpanKind.CLIENT, attributes: attributesOf(request, url) },
      async (span) => {
        const response = await send(request, { signal, dispatcher, maxBytes });
        span.setAttribute('http.response.status_code', response.status);
        return response;
      },
    );
  };
}

/** The path is left out: it may hold a customer's names. */
const attributesOf = (request: Request, url: URL) => ({
  'http.request.method': request.method,
  'server.address': url.hostname,
});

interface Sending {
  signal: AbortSignal;
  dispatcher: Dispatcher;
  maxBytes: number;
}

async function send(request: Request, { signal, dispatcher, maxBytes }: Sending): Promise<Response> {
  const response = await undiciFetch(request.url, {
    method: request.method,
    headers: { ...Object.fromEntries(request.headers), ...traceHeaders() },
    body: request.body === null ? undefined : Buffer.from(await request.arrayBuffer()),
    redirect: 'manual',
    signal,
    dispatcher,
  });
  const { status, statusText } = response;
  // The body is handed on unpacked.
  const { 'content-encoding': _, 'content-length': __, ...headers } = Object.fromEntries(response.headers);
  const body = await readWithin(maxBytes, response.body);
  return new Response(BODILESS.has(status) ? null : body, { status, statusText, headers });
}

async function readWithin(
  maxBytes: number,
  body: AsyncIterable<Uint8Array> | null,
): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new AnswerTooLarge(`the answer has more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A resolver cannot be interrupted; its answer is not waited for. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    work.then(resolve, reject);
  });
}
