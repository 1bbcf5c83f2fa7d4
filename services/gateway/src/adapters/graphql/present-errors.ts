import { randomUUID } from 'node:crypto';
import { trace } from '@opentelemetry/api';
import type { Log } from '@cleanroom/kernel';
import { EXPECTED_CODES } from '@cleanroom/service-kit/edge';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** The last one is the gateway's own, and known to many clients. */
const EXPECTED = new Set([...EXPECTED_CODES, 'PERSISTED_QUERY_NOT_FOUND']);
const MOST_ERRORS = 20;

/**
 * Errors as callers see them: expected ones with their code, surprises as a sentence with the id under which the logs
 * have the rest. Neither stacks nor guesses at names ever leave.
 */
export function presentErrors(errors: readonly unknown[], log: Log): GraphQLFormattedError[] {
  return errors.slice(0, MOST_ERRORS).map((error) => present(error, log));
}

/** Errors of an operation that was not executed, which say where in its text they are. */
export function presentRefusals(errors: readonly GraphQLError[], log: Log): GraphQLFormattedError[] {
  return errors.slice(0, MOST_ERRORS).map((error) => {
    // Those of a service have none: they would point into the gateway's own question, which nobody has seen.
    const { locations } = error.toJSON();
    return { ...present(error, log), ...(locations ? { locations } : {}) };
  });
}

function present(error: unknown, log: Log): GraphQLFormattedError {
  const { message, path, extensions } = formatted(error);
  const code = String(extensions?.code ?? '');
  const place = path ? { path } : {};
  if (EXPECTED.has(code)) return { message: withoutGuesses(message), ...place, extensions: { code } };
  const given = extensions?.correlationId;
  const correlationId =
    typeof given === 'string' ? given : (trace.getActiveSpan()?.spanContext().traceId ?? randomUUID());
  if (code !== 'INTERNAL') log.error({ error, path, correlationId }, 'an operation failed');
  return {
    message: 'Internal error',
    ...place,
    extensions: { code: 'INTERNAL', correlationId },
  };
}

function formatted(error: unknown): GraphQLFormattedError {
  if (error instanceof GraphQLError) return error.toJSON();
  if (typeof error === 'object' && error !== null && 'message' in error) {
    const { message, path, extensions } = error as GraphQLFormattedError;
    return { message: String(message), path, extensions };
  }
  return { message: String(error) };
}

const withoutGuesses = (message: string): string => message.replace(/ Did you mean .*$/s, '');
