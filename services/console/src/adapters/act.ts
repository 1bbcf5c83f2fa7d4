import type { Refusal } from '../domain/refusal.js';
import type { TypedDocumentString } from './generated/graphql.js';
import { ask } from './graphql.js';
import { NoAnswer } from './session.js';

/** What every change answers: what came of it, or why nothing did. */
interface Payload {
  readonly userErrors: readonly Refusal[];
}

/**
 * Asks the API for one change; expected refusals are in the payload.
 *
 * @throws SignedOut, NoAnswer, Refused
 */
export async function act<Key extends string, Done extends Payload, Variables>(
  document: TypedDocumentString<Readonly<Record<Key, Done>>, Variables>,
  variables: Variables,
): Promise<Done> {
  const { data } = await ask(document, variables);
  const [payload] = Object.values<Done>(data);
  if (!payload) throw new NoAnswer('Cleanroom gave no answer.');
  return payload;
}
