import type { MissingPart } from '../domain/who-answers.js';
import type { TypedDocumentString } from './generated/graphql.js';
import { NoAnswer, SignedOut } from './session.js';

/** An answer with what is missing from it: a service that is down costs its fields only. */
export interface Answered<Result> {
  readonly data: Result;
  readonly missing: readonly MissingPart[];
}

/** The API refused a question, for a reason that has a code. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

/** An error as GraphQL says it. */
export interface ApiError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string };
}

/**
 * Asks the API.
 *
 * @throws SignedOut, NoAnswer, Refused
 */
export async function ask<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Answered<Result>> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document.toString(), variables }),
    signal: signal ?? null,
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new NoAnswer('Cleanroom cannot be reached from here.');
  });
  if (response.status === 401) throw new SignedOut();
  const answer = (await response.json().catch(() => ({}))) as { data?: Result | null; errors?: ApiError[] };
  if (!answer.data) throw refusal(answer.errors, response.status);
  return { data: answer.data, missing: (answer.errors ?? []).map(missingPart) };
}

/** The first of some errors, as one that can be thrown. */
export function refusal(errors: readonly ApiError[] | undefined, status?: number): Error {
  const [first] = errors ?? [];
  if (!first) return new NoAnswer(`Cleanroom gave no answer${status ? ` (${status})` : ''}.`);
  const code = first.extensions?.code ?? 'INTERNAL';
  return code === 'UNAUTHENTICATED' ? new SignedOut() : new Refused(first.message, code);
}

const missingPart = ({ path = [], extensions }: ApiError): MissingPart => ({
  path,
  code: extensions?.code ?? 'INTERNAL',
});
