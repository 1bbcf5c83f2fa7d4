import { isId, refusal, type Role } from '@cleanroom/kernel';
import type { Secret } from '@cleanroom/secrets';
import { checkName } from '../domain/check-name.js';
import { isLastOwner } from '../domain/last-owner.js';
import type { Answer, ApiToken, IdentityPorts, IdentityTransaction } from '../ports.js';

/** Prefix of every API token, by which leaks are found. */
export const API_TOKEN_PREFIX = 'cr';

export interface ApiTokenWish {
  readonly name: string;
  readonly role: Role;
  readonly expiresAt: Date | null;
}

/** An API token and its secret, which exists in this answer and nowhere else. */
export interface NewApiToken {
  readonly apiToken: ApiToken;
  readonly secret: Secret;
}

/** Creates an API token, unless its name or end is refused. */
export async function createApiToken(
  ports: IdentityPorts,
  organizationId: string,
  actor: string,
  wish: ApiTokenWish,
): Promise<Answer<NewApiToken>> {
  const refusals = checkName(wish.name, 'name');
  if (wish.expiresAt && wish.expiresAt <= ports.realNow())
    refusals.push(refusal('INVALID', 'A time to come.', 'expiresAt'));
  if (refusals.length > 0) return { refusals };
  const value = await ports.transactions.inOrganization(organizationId, (tx) =>
    addApiToken(ports, tx, { ...wish, organizationId, actor }),
  );
  return { value };
}

/** Adds a token whose name and end were checked, within the caller's transaction. */
export async function addApiToken(
  { newId, newToken, hashOf, now }: IdentityPorts,
  tx: IdentityTransaction,
  wish: ApiTokenWish & { readonly organizationId: string; readonly actor: string },
): Promise<NewApiToken> {
  const { organizationId, name, role, expiresAt, actor } = wish;
  const secret = newToken(API_TOKEN_PREFIX);
  const apiToken: ApiToken = {
    id: newId('apiToken'),
    organizationId,
    name: name.trim(),
    role,
    createdAt: now(),
    lastUsedAt: null,
    expiresAt,
  };
  await tx.insertApiToken(apiToken, hashOf(secret.reveal()));
  await tx.audit(actor, 'create-api-token', apiToken.id);
  return { apiToken, secret };
}

const LAST_OWNER = 'The last token of an owner: create another one with the role OWNER first.';

/** Revokes an API token, unless nobody could manage the organisation then: within seconds nobody gets in with it. */
export async function revokeApiToken(
  { transactions, now, realNow }: IdentityPorts,
  organizationId: string,
  actor: string,
  id: string,
): Promise<Answer<string>> {
  const notFound = { refusals: [refusal('NOT_FOUND', 'No such API token.', 'id')] };
  if (!isId('apiToken', id)) return notFound;
  return transactions.inOrganization(organizationId, async (tx) => {
    // Of two owners who revoke each other, the second sees what the first has done.
    const tokens = await tx.lockApiTokens();
    if (isLastOwner(tokens, id, realNow())) return { refusals: [refusal('NOT_ALLOWED', LAST_OWNER, 'id')] };
    if (!(await tx.revokeApiToken(id, now()))) return notFound;
    await tx.audit(actor, 'revoke-api-token', id);
    return { value: id };
  });
}
