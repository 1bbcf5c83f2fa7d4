import { isId, refusal } from '@cleanroom/kernel';
import type { Secret } from '@cleanroom/secrets';
import { markedBy } from '../domain/project-mark.js';
import {
  ProviderError,
  type Answer,
  type HetznerProject,
  type IdentityPorts,
  type IdentityTransaction,
} from '../ports.js';
import { restoreMark } from './restore-mark.js';

/**
 * Forgets a project and its credentials, unless something uses it. Its mark is removed first, where Hetzner lets us: dying
 * in between leaves a project that can be disconnected again, not a mark that nobody has the credentials to remove.
 */
export async function disconnectHetznerProject(
  ports: IdentityPorts,
  organizationId: string,
  actor: string,
  id: string,
): Promise<Answer<string>> {
  if (!isId('hetznerProject', id)) return NOT_FOUND;
  const { transactions } = ports;
  const found = await transactions.inOrganization(organizationId, (tx) => findUnused(tx, id));
  if ('refusals' in found) return found;
  const { project, token } = found.value;
  const isFree = token !== undefined && (await removeMark(ports, project, token));
  const outcome = await transactions.inOrganization(organizationId, async (tx): Promise<Answer<string>> => {
    const known = await tx.hetznerProjects.lock(id);
    if (!known || known.deleted) return NOT_FOUND;
    // Looked at once more behind the lock: an address that was leased meanwhile could never be given back.
    if (await tx.hetznerProjects.isInUse(id)) return IN_USE;
    await tx.hetznerProjects.change(id, { deleted: true });
    await tx.audit(actor, 'disconnect-hetzner-project', id);
    return { value: id };
  });
  // Somebody began to use the project while its mark was removed. Dying here leaves the mark to the next check.
  if (outcome === IN_USE && isFree && token) {
    await restoreMark(ports, project, ports.providers.hetzner(project.endpoint, token));
  }
  return outcome;
}

const NOT_FOUND: Answer<never> = { refusals: [refusal('NOT_FOUND', 'No such Hetzner project.', 'id')] };
const IN_USE: Answer<never> = {
  refusals: [refusal('IN_USE', 'A pool uses this project. Delete the pool first.', 'id')],
};

async function findUnused(
  { hetznerProjects }: IdentityTransaction,
  id: string,
): Promise<Answer<{ project: HetznerProject; token: Secret | undefined }>> {
  const project = await hetznerProjects.find(id);
  if (!project || project.deleted) return NOT_FOUND;
  if (await hetznerProjects.isInUse(id)) return IN_USE;
  return { value: { project, token: await hetznerProjects.tokenOf(id) } };
}

/** Whether the project bears our mark no longer. */
async function removeMark(
  { providers, installation, log }: IdentityPorts,
  { id, organizationId, endpoint, sshKeyId }: HetznerProject,
  token: Secret,
): Promise<boolean> {
  try {
    const calls = providers.hetzner(endpoint, token);
    const mark = await calls.findMark();
    if (mark?.id !== sshKeyId) return true;
    if (markedBy(mark.labels, { installation, organizationId }).kind === 'somebody-else') return true;
    await calls.deleteMark(mark.id);
    return true;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    // The mark names this organisation, so it can connect again; nobody else is hindered but by choice.
    log.warn({ hetznerProjectId: id, failure: error.failure }, 'the mark of a disconnected project stays');
    return error.failure === 'unknown-outcome';
  }
}
