import type { AuditEntry, IdentityPorts } from '../ports.js';

/** One page of an organisation's audit log, newest first. */
export const readAuditLog = (
  { transactions }: Pick<IdentityPorts, 'transactions'>,
  organizationId: string,
  { limit, beforeId }: { limit: number; beforeId: string | undefined },
): Promise<{ entries: AuditEntry[]; hasNextPage: boolean }> =>
  transactions.inOrganization(organizationId, async (tx) => {
    const found = await tx.auditPage(limit + 1, beforeId);
    return { entries: found.slice(0, limit), hasNextPage: found.length > limit };
  });
