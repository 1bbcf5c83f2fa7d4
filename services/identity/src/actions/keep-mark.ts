import type { HetznerProject, HetznerProjectCalls, IdentityPorts } from '../ports.js';
import { restoreMark } from './restore-mark.js';

/**
 * Restores a mark that is gone, or was made anew by somebody who died before it was noted. Only where the project is in
 * use: from one that is not, its mark may just be removed because it is being disconnected.
 */
export async function keepMark(
  ports: IdentityPorts,
  project: HetznerProject,
  calls: HetznerProjectCalls,
): Promise<void> {
  const { id, organizationId, sshKeyId } = project;
  if ((await calls.findMark())?.id === sshKeyId) return;
  const isNeeded = await ports.transactions.inOrganization(organizationId, async ({ hetznerProjects }) => {
    const known = await hetznerProjects.find(id);
    return known !== undefined && !known.deleted && (await hetznerProjects.isInUse(id));
  });
  if (isNeeded) await restoreMark(ports, project, calls);
}
