import type { PersonalAccessTokens, Users } from '@gitbeaker/rest';
import { z } from 'zod';
import { instant, parseAnswer } from './answer.js';
import { GitLabError } from './gitlab-error.js';

const self = z.object({
  id: z.int(),
  name: z.string(),
  userId: z.int(),
  scopes: z.array(z.string()),
  active: z.boolean(),
  expiresAt: instant.nullish(),
});
const user = z.object({ id: z.int(), username: z.string(), name: z.string() });

export interface TokenCheck {
  /** `username` is undefined where the token's scopes do not allow it to read its own user. */
  readonly user: { readonly id: number; readonly username?: string };
  /** Such as `api`, `create_runner`, `manage_runner`, `read_api`. */
  readonly scopes: readonly string[];
  readonly expiresAt?: Date;
}

/** Who a token belongs to and what it may do. */
export async function checkToken(tokens: PersonalAccessTokens, users: Users): Promise<TokenCheck> {
  const operation = 'GET personal_access_tokens/self';
  const { userId, scopes, active, expiresAt } = parseAnswer(operation, self, await tokens.show());
  if (!active) throw new GitLabError('the token is no longer active', { kind: 'unauthorized', operation });
  const username = await usernameOf(users);
  return {
    user: { id: userId, ...(username ? { username } : {}) },
    scopes,
    ...(expiresAt ? { expiresAt } : {}),
  };
}

async function usernameOf(users: Users): Promise<string | undefined> {
  try {
    return parseAnswer('GET user', user, await users.showCurrentUser()).username;
  } catch (error) {
    if (error instanceof GitLabError && error.kind === 'forbidden') return undefined;
    throw error;
  }
}
