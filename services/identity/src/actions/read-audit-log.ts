import type { AuditEntry, AuditPage, IdentityPorts } from '../ports.js';

/** One page of an organisation's audit log, newest first. */
export const readAuditLog = (
  { transactions }: Pick<IdentityPorts, 'transactions'>,
  organizationId: string,
  page: AuditPage,
): Promise<{ entries: AuditEntry[]; hasNextPage: boolean }> =>
  transactions.inOrganization(organizationId, async (tx) => {
    const found = await tx.auditPage({ ...page, limit: page.limit + 1 });
    return { entries: found.slice(0, page.limit), hasNextPage: found.length > page.limit };
  });
