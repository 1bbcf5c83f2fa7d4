import type { FirewallPorts, Policy } from '../ports.js';

/** One page of an organisation's policies, oldest first, with how many there are in all. */
export async function listPolicies(
  { transactions }: Pick<FirewallPorts, 'transactions'>,
  organizationId: string,
  page: { limit: number; after?: string | undefined },
): Promise<{ policies: Policy[]; hasNextPage: boolean; totalCount: number }> {
  return transactions.inOrganization(organizationId, async ({ policies }) => {
    const found = await policies.page(page.limit + 1, page.after);
    return {
      policies: found.slice(0, page.limit),
      hasNextPage: found.length > page.limit,
      totalCount: await policies.count(),
    };
  });
}
