import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { TwoServices } from './two-services.js';

const TOPIC = topics.hetznerProject.name;

describe('the trace of an event', () => {
  const exporter = new InMemorySpanExporter();
  let services: TwoServices;

  beforeAll(async () => {
    trace.setGlobalTracerProvider(
      new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
    );
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    services = await TwoServices.start();
  });
  afterAll(async () => {
    await services.close();
    trace.disable();
    context.disable();
    propagation.disable();
  });

  it('goes from what appended it through relay and bus to its handler, and on to what that appends', async () => {
    const inside: (string | undefined)[] = [];
    await services.runProducer();
    await services.runConsumer(async (tx, event) => {
      inside.push(trace.getActiveSpan()?.spanContext().traceId);
      if (event.version === 1n) await services.appendIn(tx, event.key, 2);
    });
    const request = trace.getTracer('test').startSpan('request');
    await context.with(trace.setSpan(context.active(), request), () => services.append('hp_1', 1));
    request.end();
    const spans = await eventually(() => {
      const found = exporter.getFinishedSpans();
      const count = (what: string) => found.filter(({ name }) => name === `${TOPIC} ${what}`).length;
      // What was published may be handled before its publisher hears that it was.
      return count('process') === 2 && count('publish') === 2 && found;
    });
    const { traceId, spanId } = request.spanContext();
    expect(inside).toEqual([traceId, traceId]);
    expect(new Set(spans.map((span) => span.spanContext().traceId))).toEqual(new Set([traceId]));
    const publish = spans.find((span) => span.parentSpanContext?.spanId === spanId);
    expect(publish?.name).toBe(`${TOPIC} publish`);
    const process = spans.find((span) => span.parentSpanContext?.spanId === publish?.spanContext().spanId);
    expect(process?.name).toBe(`${TOPIC} process`);
  });
});
