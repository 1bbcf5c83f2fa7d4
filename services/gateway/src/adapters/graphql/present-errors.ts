import { trace } from '@opentelemetry/api';
import type { Log } from '@cleanroom/kernel';
import { EXPECTED_CODES } from '@cleanroom/service-kit/edge';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** Those of the services, and the gateway's own. */
const EXPECTED = new Set([
  ...EXPECTED_CODES,
  'LIMIT_EXCEEDED',
  'SUBGRAPH_UNAVAILABLE',
  'TIMEOUT',
  'TOO_SLOW',
]);
const MOST_ERRORS = 20;

/**
 * Errors as callers see them: expected ones with their code, surprises as a sentence with the id under which the logs
 * have the rest. Neither stacks nor guesses at names ever leave.
 */
export function presentErrors(errors: readonly unknown[], log: Log): GraphQLFormattedError[] {
  return errors.slice(0, MOST_ERRORS).map((error) => present(error, log));
}

function present(error: unknown, log: Log): GraphQLFormattedError {
  const { message, path, locations, extensions } = formatted(error);
  const code = String(extensions?.code ?? '');
  // Those of a service point into the gateway's own question, which the caller has never seen.
  const isAboutTheText = code.startsWith('GRAPHQL_');
  const place = { ...(locations && isAboutTheText ? { locations } : {}), ...(path ? { path } : {}) };
  if (EXPECTED.has(code)) return { message: withoutGuesses(message), ...place, extensions: { code } };
  const given = extensions?.correlationId;
  const correlationId =
    typeof given === 'string' ? given : (trace.getActiveSpan()?.spanContext().traceId ?? 'none');
  if (code !== 'INTERNAL_SERVER_ERROR') log.error({ error, path, correlationId }, 'an operation failed');
  return {
    message: 'Internal error',
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId },
  };
}

function formatted(error: unknown): GraphQLFormattedError {
  if (error instanceof GraphQLError) return error.toJSON();
  if (typeof error === 'object' && error !== null && 'message' in error) {
    const { message, path, locations, extensions } = error as GraphQLFormattedError;
    return { message: String(message), path, locations, extensions };
  }
  return { message: String(error) };
}

const withoutGuesses = (message: string): string => message.replace(/ Did you mean .*$/s, '');
