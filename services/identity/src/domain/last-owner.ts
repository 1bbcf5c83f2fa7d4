import type { Role } from '@cleanroom/kernel';

interface Token {
  readonly id: string;
  readonly role: Role;
  readonly expiresAt: Date | null;
}

/** Whether, of the tokens that are not revoked, this one alone can still manage the organisation. */
export function isLastOwner(tokens: readonly Token[], id: string, now: Date): boolean {
  const owners = tokens.filter(
    ({ role, expiresAt }) => role === 'OWNER' && (expiresAt === null || expiresAt > now),
  );
  return owners.length === 1 && owners[0]?.id === id;
}
