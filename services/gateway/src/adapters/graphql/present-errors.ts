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
  return mostTelling(errors).map((error) => present(error, log));
}

/** Of each field that is missing one, so that no part is silently null; of the places in a list the first few. */
function mostTelling(errors: readonly unknown[]): readonly unknown[] {
  if (errors.length <= MOST_ERRORS) return errors;
  const firsts = new Map<string, unknown>();
  for (const error of errors) if (!firsts.has(fieldOf(error))) firsts.set(fieldOf(error), error);
  const kept = new Set(firsts.values());
  for (const error of errors) if (kept.size < MOST_ERRORS) kept.add(error);
  return errors.filter((error) => kept.has(error));
}

/** Where in the answer, whichever places in lists lead there. */
const fieldOf = (error: unknown): string => {
  const { path = [] } = formatted(error);
  return path.filter((key) => typeof key === 'string').join('.');
};

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
