import { trace } from '@opentelemetry/api';
import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { activeLogFields } from './log-fields.js';

/** Names under which a credential could travel, at any of the depths at which we log. */
const SECRET_NAMES = [
  'authorization',
  'cookie',
  'token',
  'apiToken',
  'accessToken',
  'secret',
  'password',
  'ticket',
  'credential',
  'apitoken',
  'privateKey',
  'signature',
  'set-cookie',
  'x-cleanroom-signature',
  'x-machine-signature',
];
const redact = SECRET_NAMES.flatMap((name) => {
  const key = /^\w+$/.test(name) ? name : `["${name}"]`;
  const below = key === name ? `.${key}` : key;
  return [key, `*${below}`, `*.*${below}`];
});

/** JSON lines on standard output, each with its service and the trace that it belongs to. */
export const createLogger = (service: string, level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: { service },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redact, censor: '[secret]' },
      mixin: () => ({ ...currentTrace(), ...activeLogFields() }),
      serializers: { error: serializeError, err: serializeError },
    },
    destination ?? pino.destination({ dest: 1, sync: false }),
  );

function currentTrace(): object {
  const span = trace.getActiveSpan()?.spanContext();
  return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
}

/** The message and the stack, without whatever else a library hangs on its errors: requests carry headers. */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause === undefined ? {} : { cause: String(cause) }) };
}
