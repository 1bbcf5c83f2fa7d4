import { labelsOfMachine, policyLabels } from '../domain/server-name.js';
import { ProviderError, type ProvisioningPorts } from '../ports.js';
import type { ServerList } from './server-list.js';

/**
 * A pool's policies go by labels: a server whose labels lag behind, or were stripped by hand, is labelled anew. One that
 * Hetzner refuses to label now is labelled with the next look; it must not keep the others.
 */
export async function correctLabels(
  { transactions, log, installation }: Pick<ProvisioningPorts, 'transactions' | 'log' | 'installation'>,
  { organizationId, projectId, servers, listed }: ServerList,
): Promise<void> {
  const wrong = await transactions.inOrganization(organizationId, async (tx) => {
    const found: { id: number; labels: Record<string, string> }[] = [];
    for (const machine of await tx.machines.livingIn(projectId)) {
      const server = listed.find(({ id }) => id === machine.serverId);
      const pool = server && machine.deleteActionId === 0 ? await tx.pools.find(machine.poolId) : undefined;
      if (!server || !pool) continue;
      const labels = {
        ...withPolicies(server.labels, pool.policyIds),
        ...labelsOfMachine(installation, machine),
      };
      if (!isSame(labels, server.labels)) found.push({ id: server.id, labels });
    }
    return found;
  });
  for (const { id, labels } of wrong) {
    try {
      await servers.setLabels(id, labels);
    } catch (error) {
      if (!(error instanceof ProviderError) || error.failure === 'credentials-invalid') throw error;
      log.warn(
        { projectId, server: id, failure: error.failure },
        `a server keeps its labels for now: ${error.message}`,
      );
    }
  }
}

const withPolicies = (
  labels: Readonly<Record<string, string>>,
  policyIds: readonly string[],
): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(labels).filter(([key]) => !key.startsWith('cleanroom-policy-'))),
  ...policyLabels(policyIds),
});

const isSame = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([key, value]) => other[key] === value);
