/** One operation as it is executed. */
export interface OperationParams {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether the operator has registered its text. */
  readonly isRegistered: boolean;
}

/** One operation as a client sent it: by its text, by the id of a registered text, or by both. */
export interface SentOperation extends Omit<OperationParams, 'query' | 'isRegistered'> {
  readonly query: string | undefined;
  readonly documentId: string | undefined;
}

/** The parts of a request's JSON; `undefined` where it has another form. Several at once are not taken. */
export function sentOperation(body: unknown): SentOperation | undefined {
  if (!isRecord(body)) return undefined;
  const { operationName, variables } = body;
  const documentId = documentIdOf(body);
  // A WebSocket's message has a text always, and an empty one where the id says it all.
  const query = documentId === undefined ? body.query : body.query || undefined;
  if (typeof query !== 'string' && (query !== undefined || documentId === undefined)) return undefined;
  if (typeof operationName !== 'string' && operationName !== undefined && operationName !== null)
    return undefined;
  if (!isRecord(variables) && variables !== undefined && variables !== null) return undefined;
  return { query, documentId, operationName: operationName || undefined, variables: variables ?? {} };
}

/** Newer clients say `documentId`, Apollo's and many others a hash among the extensions. */
function documentIdOf({ documentId, extensions }: Record<string, unknown>): string | undefined {
  if (typeof documentId === 'string') return documentId;
  const persisted = isRecord(extensions) ? extensions.persistedQuery : undefined;
  const hash = isRecord(persisted) ? persisted.sha256Hash : undefined;
  return typeof hash === 'string' ? hash : undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
