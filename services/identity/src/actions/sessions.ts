import type { UserCaller } from '@cleanroom/kernel';
import type { Secret } from '@cleanroom/secrets';
import { sessionEnd } from '../domain/session.js';
import type { IdentityPorts } from '../ports.js';

/** Prefix of every session's secret, by which leaks are found; no API token begins so. */
export const SESSION_PREFIX = 'crs';

/** An API token that is good. */
export interface KnownToken {
  readonly caller: UserCaller;
  readonly expiresAt: Date | null;
}

/** A session and its secret, which exists in this answer and in the browser. */
export interface NewSession {
  readonly secret: Secret;
  readonly expiresAt: Date;
}

/** Signs somebody in with an API token. The session is the token's: it ends with it. */
export async function beginSession(
  { transactions, newToken, hashOf, realNow }: IdentityPorts,
  { caller: { organizationId, tokenId, name }, expiresAt: tokenExpiresAt }: KnownToken,
): Promise<NewSession> {
  const secret = newToken(SESSION_PREFIX);
  const expiresAt = sessionEnd(realNow(), tokenExpiresAt);
  await transactions.inOrganization(organizationId, async (tx) => {
    await tx.sessions.forgetEnded(realNow());
    await tx.sessions.insert({
      hash: hashOf(secret.reveal()),
      organizationId,
      apiTokenId: tokenId,
      expiresAt,
    });
    await tx.audit(name, 'sign-in', tokenId);
  });
  return { secret, expiresAt };
}

/** Signs out: within seconds nobody gets in with the session. Harmless to repeat. */
export async function endSession(
  { transactions, hashOf }: IdentityPorts,
  { organizationId, tokenId, name }: UserCaller,
  session: string,
): Promise<void> {
  await transactions.inOrganization(organizationId, async (tx) => {
    if (await tx.sessions.delete(hashOf(session))) await tx.audit(name, 'sign-out', tokenId);
  });
}
