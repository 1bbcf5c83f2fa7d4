import { isId, refusal } from '@cleanroom/kernel';
import type { Answer, IdentityPorts } from '../ports.js';

/** Forgets a GitLab and its credentials, unless a pool uses it. */
export async function disconnectGitLab(
  { transactions }: IdentityPorts,
  organizationId: string,
  actor: string,
  id: string,
): Promise<Answer<string>> {
  const notFound = { refusals: [refusal('NOT_FOUND', 'No such GitLab connection.', 'id')] };
  if (!isId('gitlabConnection', id)) return notFound;
  return transactions.inOrganization(organizationId, async (tx) => {
    const known = await tx.gitlabConnections.lock(id);
    if (!known || known.deleted) return notFound;
    if (await tx.gitlabConnections.isInUse(id)) {
      return { refusals: [refusal('IN_USE', 'A pool uses this GitLab. Delete the pool first.', 'id')] };
    }
    await tx.gitlabConnections.change(id, { deleted: true });
    await tx.audit(actor, 'disconnect-gitlab', id);
    return { value: id };
  });
}
