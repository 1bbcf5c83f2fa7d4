import type { HetznerProject, Ledger } from '../ledger-port.js';

/** Takes up what identity said of a Hetzner project; stale news changes nothing. */
export const followHetznerProject = async (ledger: Ledger, project: HetznerProject): Promise<void> => {
  const known = await ledger.hetznerProjects.find(project.id);
  if (!known || known.version < project.version) await ledger.hetznerProjects.save(project);
};
