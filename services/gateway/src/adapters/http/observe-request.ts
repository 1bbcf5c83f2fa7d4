import type { IncomingMessage, ServerResponse } from 'node:http';
import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Metrics } from '@cleanroom/service-kit/edge';
import { CONSOLE_PATH, isConsolePath } from '../../domain/console-file.js';
import { publicRoute } from '../../domain/public-routes.js';
import { GRAPHQL_PATH, pathOf } from './front-door.js';

/** Answers a request within a span of the caller's trace, and times it. Probes are left out. */
export function observeRequest(
  metrics: Metrics,
  request: IncomingMessage,
  response: ServerResponse,
  answer: () => void,
): void {
  const path = pathOf(request);
  if (path.startsWith('/health/') || path === '/metrics') return answer();
  const { method = 'GET' } = request;
  const route = routeOf(path);
  const parent = propagation.extract(ROOT_CONTEXT, request.headers);
  const attributes = { 'http.request.method': method, 'http.route': route };
  const tracer = trace.getTracer('@cleanroom/gateway');
  const span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
  const stopTimer = metrics.requestSeconds.startTimer({ method, route });
  response.once('close', () => {
    const { statusCode } = response;
    span.setAttribute('http.response.status_code', statusCode);
    if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
    stopTimer({ status: String(statusCode) });
  });
  context.with(trace.setSpan(parent, span), answer);
}

/** Few names, whatever callers ask for: each is a time series. */
function routeOf(path: string): string {
  if (path === GRAPHQL_PATH) return path;
  if (isConsolePath(path)) return `${CONSOLE_PATH}/*`;
  const route = publicRoute(path);
  if (!route) return 'unknown';
  return path.startsWith('/machine/') ? path : `/${path.split('/', 2)[1]}/*`;
}
