// Runs under whatever Node the system has (20 or newer) and before anything is installed: built-in modules only.

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'];

/**
 * The first port of an installation, as the environment has it.
 *
 * @param {Record<string, string | undefined>} env
 * @throws {Error} with a sentence for a person
 */
export function portBaseOf({ CLEANROOM_PORT_BASE }) {
  const base = Number(CLEANROOM_PORT_BASE ?? 4000);
  if (!Number.isInteger(base) || base < 1024 || base > 65_000)
    throw new Error(`CLEANROOM_PORT_BASE takes a port from 1024 to 65000, not "${CLEANROOM_PORT_BASE}".`);
  return base;
}

/**
 * Refuses an environment that `npm start` cannot take.
 *
 * @param {Record<string, string | undefined>} env
 * @throws {Error} with a sentence for a person
 */
export function checkSettings(env) {
  const { CLEANROOM_LOG_LEVEL: level, OTEL_EXPORTER_OTLP_ENDPOINT: collector, KAFKA_BROKERS } = env;
  portBaseOf(env);
  if (level !== undefined && !LOG_LEVELS.includes(level))
    throw new Error(`CLEANROOM_LOG_LEVEL takes ${LOG_LEVELS.join(', ')}, not "${level}".`);
  if (collector !== undefined && !isAddress(collector))
    throw new Error(
      `OTEL_EXPORTER_OTLP_ENDPOINT takes an address such as http://127.0.0.1:4318, not "${collector}".`,
    );
  const wrong = (KAFKA_BROKERS ?? '').split(',').find((broker) => broker && !/^[\w.-]+:\d+$/.test(broker));
  if (wrong) throw new Error(`KAFKA_BROKERS takes host:port,host:port,…, not "${wrong}".`);
}

/** `URL.canParse` is younger than the oldest Node that may start. */
function isAddress(text) {
  try {
    return Boolean(new URL(text));
  } catch {
    return false;
  }
}
