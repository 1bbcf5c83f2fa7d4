/**
 * SQLSTATE classes that say nothing about the message: connection, resources, rolled back to be retried, and operator, which
 * includes a statement that took too long, see {@link isStatementTimeout}.
 */
const transient = /^(08|53|57|40001|40P01|55P03|25P03)/;
const socketCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

/** Whether an error comes from the way to the database and not from the message: such a message is tried for ever. */
export function isInfrastructureFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && (socketCodes.has(code) || transient.test(code))) return true;
  return /connection (terminated|timeout|ended)|timeout exceeded when trying to connect|not queryable/i.test(
    error.message,
  );
}

/**
 * Whether a statement took too long. That seldom comes from the message: a database under load must not have messages put
 * aside at once. Where it lasts it does, and the message must not be tried for ever.
 */
export const isStatementTimeout = (error: unknown): boolean =>
  error instanceof Error && (error as { code?: unknown }).code === '57014';
