import type { Refusal, UserCaller } from '@cleanroom/kernel';
import type { IdentityPorts } from '../ports.js';

/** What somebody tried to change. */
export interface Attempt {
  readonly action: string;
  /** Null where it was to be made. */
  readonly target: string | null;
}

/** Keeps that a change was refused: as it changed nothing, no other transaction tells of it. */
export async function auditRefusal(
  { transactions }: Pick<IdentityPorts, 'transactions'>,
  { organizationId, name }: UserCaller,
  { action, target }: Attempt,
  [refused]: readonly Refusal[],
): Promise<void> {
  await transactions.inOrganization(organizationId, (tx) => tx.audit(name, action, target, refused?.code));
}
