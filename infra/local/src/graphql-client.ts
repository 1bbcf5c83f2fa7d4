/** Asks the public API as any client would. */
export type AskGraphql = <T>(query: string, variables?: Record<string, unknown>) => Promise<T>;

interface Answer<T> {
  data?: T;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** The answer has errors; the message is theirs. */
export class GraphqlFailed extends Error {
  constructor(
    message: string,
    readonly codes: readonly string[],
  ) {
    super(message);
  }
}

/** @throws GraphqlFailed when the answer has errors */
export const graphqlClient =
  (url: string, token: string): AskGraphql =>
  async <T>(query: string, variables: Record<string, unknown> = {}) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(15_000),
    });
    const answer = (await response.json()) as Answer<T>;
    if (!answer.errors?.length && answer.data) return answer.data;
    const { errors = [] } = answer;
    throw new GraphqlFailed(
      errors.map(({ message }) => message).join('; ') || `HTTP ${response.status}`,
      errors.map(({ extensions }) => extensions?.code ?? ''),
    );
  };
