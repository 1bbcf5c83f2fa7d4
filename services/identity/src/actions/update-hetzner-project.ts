import { isId, refusal, type Refusal } from '@cleanroom/kernel';
import { Secret } from '@cleanroom/secrets';
import { checkName } from '../domain/check-name.js';
import { checkHetznerToken } from '../domain/check-token.js';
import { markedBy, markLabels } from '../domain/project-mark.js';
import { ProviderError, type Answer, type HetznerProject, type IdentityPorts } from '../ports.js';
import { refusalOf } from './provider-refusal.js';

const NOT_FOUND: Answer<never> = { refusals: [refusal('NOT_FOUND', 'No such Hetzner project.', 'id')] };

/** Renames a project, or replaces its token with another one of the same project; then work that had stopped goes on. */
export async function updateHetznerProject(
  ports: IdentityPorts,
  organizationId: string,
  actor: string,
  { id, name, apiToken }: { id: string; name?: string | undefined; apiToken?: string | undefined },
): Promise<Answer<HetznerProject>> {
  if (!isId('hetznerProject', id)) return NOT_FOUND;
  const known = await ports.transactions.inOrganization(organizationId, (tx) => tx.hetznerProjects.find(id));
  if (!known || known.deleted) return NOT_FOUND;
  const malformed = [
    ...(name === undefined ? [] : checkName(name, 'name')),
    ...(apiToken === undefined ? [] : checkHetznerToken(apiToken, 'apiToken')),
  ];
  if (malformed.length > 0) return { refusals: malformed };
  const token = apiToken === undefined ? undefined : new Secret(apiToken);
  const refused = token && (await checkSameProject(ports, known, token));
  if (refused) return { refusals: [refused] };
  return ports.transactions.inOrganization(organizationId, async (tx) => {
    // Disconnected while Hetzner was asked: what is forgotten stays forgotten.
    if ((await tx.hetznerProjects.lock(id))?.deleted) return NOT_FOUND;
    await tx.audit(actor, 'update-hetzner-project', id);
    const renamed = name === undefined ? {} : { name: name.trim() };
    const checked = token ? { status: 'CONNECTED' as const, lastCheckedAt: ports.now() } : {};
    return { value: await tx.hetznerProjects.change(id, { ...renamed, ...checked }, token) };
  });
}

/** The mark's id is Hetzner's and so the project's for good; writing it once more shows that the token may write. */
async function checkSameProject(
  { providers, installation }: IdentityPorts,
  known: HetznerProject,
  token: Secret,
): Promise<Refusal | undefined> {
  const { organizationId, id: hetznerProjectId, endpoint, sshKeyId } = known;
  try {
    const calls = providers.hetzner(endpoint, token);
    const mark = await calls.findMark();
    const isOurs =
      mark && markedBy(mark.labels, { installation, organizationId }).kind === 'this-organization';
    if (!isOurs || mark.id !== sshKeyId) {
      return refusal('CONFLICT', 'This token belongs to another Hetzner project.', 'apiToken');
    }
    await calls.relabelMark(sshKeyId, markLabels({ installation, organizationId, hetznerProjectId }));
    return undefined;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return refusalOf(error, { token: ['apiToken'], address: ['id'] });
  }
}
