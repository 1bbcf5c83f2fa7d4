import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Span,
  type SpanOptions,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

const tracer = () => trace.getTracer('@cleanroom/service-kit');

/** Stops tracing; what is still to be sent is sent. */
export type StopTracing = () => Promise<void>;

/**
 * Makes spans and carries their context over HTTP and the bus. Without a collector nothing leaves the process, but
 * logs still say to which trace they belong.
 */
export async function startTracing(service: string, endpoint: string | undefined): Promise<StopTracing> {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'cleanroom' }),
    spanProcessors: endpoint ? [await exportingTo(endpoint)] : [],
  });
  trace.setGlobalTracerProvider(provider);
  return () => provider.shutdown();
}

/** Loaded only when it is used: it costs tens of megabytes. */
async function exportingTo(endpoint: string): Promise<BatchSpanProcessor> {
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  return new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url }), scheduledDelayMillis: 500 });
}

/** Runs `work` in a span that ends with it and tells when it failed. */
export function withSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  return tracer().startActiveSpan(name, options, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'failed' });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The active trace as a header set, to go with a request. */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}

/** The active trace as one string, to be kept with work that is done later. */
export const currentTraceParent = (): string | undefined => traceHeaders().traceparent;

/** Runs `work` as a part of the trace that made it necessary; without one, as it is. */
export function inTraceOf<T>(traceParent: string | undefined, work: () => T): T {
  if (!traceParent) return work();
  return context.with(propagation.extract(ROOT_CONTEXT, { traceparent: traceParent }), work);
}
