import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Span,
} from '@opentelemetry/api';
import type { BusMessage, EventBus } from './event-bus.js';

const tracer = () => trace.getTracer('@cleanroom/messaging');

const attributesOf = ({ topic, key }: BusMessage) => ({
  'messaging.system': 'cleanroom',
  'messaging.destination.name': topic,
  'messaging.message.conversation_id': key,
});

/** Publishes messages, each with a producer span in the trace of what appended it. */
export async function publishInTrace(bus: EventBus, messages: readonly BusMessage[]): Promise<void> {
  const begun = messages.map((message) => {
    const parent = propagation.extract(ROOT_CONTEXT, message.headers);
    const span = tracer().startSpan(
      `${message.topic} publish`,
      { kind: SpanKind.PRODUCER, attributes: attributesOf(message) },
      parent,
    );
    const headers = { ...message.headers };
    propagation.inject(trace.setSpan(parent, span), headers);
    return { span, message: { topic: message.topic, key: message.key, payload: message.payload, headers } };
  });
  try {
    await bus.publish(begun.map(({ message }) => message));
  } catch (error) {
    for (const { span } of begun) fail(span, error);
    throw error;
  } finally {
    for (const { span } of begun) span.end();
  }
}

/** Runs the handling of a message within a consumer span in the trace of what published it. */
export async function processInTrace<T>(message: BusMessage, work: () => Promise<T>): Promise<T> {
  const parent = propagation.extract(ROOT_CONTEXT, message.headers);
  const span = tracer().startSpan(
    `${message.topic} process`,
    { kind: SpanKind.CONSUMER, attributes: attributesOf(message) },
    parent,
  );
  try {
    return await context.with(trace.setSpan(parent, span), work);
  } catch (error) {
    fail(span, error);
    throw error;
  } finally {
    span.end();
  }
}

function fail(span: Span, error: unknown): void {
  span.recordException(error instanceof Error ? error : String(error));
  span.setStatus({ code: SpanStatusCode.ERROR });
}
