import { inputOf } from '../domain/pool-wish.js';
import type { Refusal } from '../domain/refusal.js';
import { act } from './act.js';
import { CreatePoolDocument, type GitLabScopeKind } from './generated/graphql.js';
import { wishIn } from './wish-in.js';

/**
 * Makes the pool that a form describes.
 *
 * @returns why it was not made
 * @throws SignedOut, NoAnswer, Refused
 */
export async function createPool(form: FormData): Promise<readonly Refusal[]> {
  const text = (name: string) => String(form.get(`input.${name}`) ?? '').trim();
  const kind = text('scope.kind') as GitLabScopeKind;
  const input = {
    ...inputOf(wishIn(form)),
    hetznerProjectId: text('hetznerProjectId'),
    gitlabConnectionId: text('gitlabConnectionId'),
    scope: { kind, fullPath: kind === 'INSTANCE' ? null : text('scope.fullPath') },
    // What is no number is refused by the API at its field, as what is too large is.
    size: Math.trunc(Number(text('size'))) || 0,
  };
  return (await act(CreatePoolDocument, { input })).userErrors;
}
