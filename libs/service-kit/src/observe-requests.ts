import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';
import { withLogFields } from './log-fields.js';
import type { Metrics } from './metrics.js';

/** Each request in a span of its caller's trace, and timed. Probes are left out: they would drown everything else. */
export function observeRequests(server: FastifyInstance, metrics: Metrics): void {
  const tracer = trace.getTracer('@cleanroom/service-kit');
  server.addHook('onRequest', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    if (route.startsWith('/health/') || route === '/metrics') return done();
    const parent = propagation.extract(ROOT_CONTEXT, request.headers);
    const attributes = { 'http.request.method': request.method, 'http.route': route };
    const span = tracer.startSpan(
      `${request.method} ${route}`,
      { kind: SpanKind.SERVER, attributes },
      parent,
    );
    const stopTimer = metrics.requestSeconds.startTimer({ method: request.method, route });
    reply.raw.once('close', () => {
      const status = reply.raw.statusCode;
      span.setAttribute('http.response.status_code', status);
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
      stopTimer({ status: String(status) });
    });
    context.with(trace.setSpan(parent, span), () => withLogFields({ request_id: request.id }, done));
  });
}
