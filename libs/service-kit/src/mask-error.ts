import { randomUUID } from 'node:crypto';
import { trace } from '@opentelemetry/api';
import { unwrapResolverError } from '@apollo/server/errors';
import type { Log } from '@cleanroom/kernel';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { EXPECTED_CODES } from './expected-codes.js';

const EXPECTED = new Set(EXPECTED_CODES);

/**
 * What a client sees of an error: expected ones as they are, without a stack and without guesses at names; a surprise
 * as a sentence with the id under which the log has the rest.
 */
export const maskError =
  (log: Log) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { locations, path } = formatted;
    const code = String(formatted.extensions?.code ?? '');
    if (EXPECTED.has(code)) {
      const message = formatted.message.replace(/ Did you mean .*$/s, '');
      return { message, locations, path, extensions: { code } };
    }
    const cause = unwrapResolverError(error);
    const correlationId = trace.getActiveSpan()?.spanContext().traceId ?? randomUUID();
    log.error(
      { error: cause instanceof GraphQLError ? (cause.originalError ?? cause) : cause, path, correlationId },
      'an operation failed',
    );
    return {
      message: 'Internal error',
      locations,
      path,
      extensions: { code: 'INTERNAL', correlationId },
    };
  };
