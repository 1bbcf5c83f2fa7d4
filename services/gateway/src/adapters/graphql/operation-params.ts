/** One operation as a client sent it. */
export interface OperationParams {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The parts of a request's JSON; `undefined` where it has another form. Several at once are not taken. */
export function operationParams(body: unknown): OperationParams | undefined {
  if (!isRecord(body)) return undefined;
  const { query, operationName, variables } = body;
  if (typeof query !== 'string') return undefined;
  if (typeof operationName !== 'string' && operationName !== undefined && operationName !== null)
    return undefined;
  if (!isRecord(variables) && variables !== undefined && variables !== null) return undefined;
  return { query, operationName: operationName || undefined, variables: variables ?? {} };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
