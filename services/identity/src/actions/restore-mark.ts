import type { HetznerProject, HetznerProjectCalls, IdentityPorts } from '../ports.js';
import { markProject } from './mark-project.js';

/** Marks a connected project once more, and tells everybody of its mark; without one no machine can be ordered. */
export async function restoreMark(
  ports: IdentityPorts,
  { id, organizationId, endpoint }: HetznerProject,
  calls: HetznerProjectCalls,
): Promise<void> {
  const claim = { organizationId, hetznerProjectId: id, endpoint };
  const marked = await markProject(ports, claim, calls);
  if ('refusals' in marked) {
    ports.log.error(
      { hetznerProjectId: id, refusals: marked.refusals },
      'a project in use has lost its mark',
    );
    return;
  }
  const { mark } = marked.value;
  await ports.transactions.inOrganization(organizationId, async ({ hetznerProjects }) => {
    const known = await hetznerProjects.lock(id);
    if (!known || known.deleted || known.sshKeyId === mark.id) return;
    await hetznerProjects.change(id, { sshKeyId: mark.id });
  });
}
