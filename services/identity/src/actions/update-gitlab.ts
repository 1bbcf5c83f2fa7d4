import { isId, refusal } from '@cleanroom/kernel';
import { Secret } from '@cleanroom/secrets';
import { checkName } from '../domain/check-name.js';
import { checkGitLabToken } from '../domain/check-token.js';
import type { Answer, GitLabConnection, IdentityPorts } from '../ports.js';
import { askAboutToken } from './connect-gitlab.js';

const NOT_FOUND: Answer<never> = { refusals: [refusal('NOT_FOUND', 'No such GitLab connection.', 'id')] };

/** Renames a GitLab connection, or replaces its token; then work that had stopped goes on. */
export async function updateGitLab(
  ports: IdentityPorts,
  organizationId: string,
  actor: string,
  { id, name, accessToken }: { id: string; name?: string | undefined; accessToken?: string | undefined },
): Promise<Answer<GitLabConnection>> {
  if (!isId('gitlabConnection', id)) return NOT_FOUND;
  const known = await ports.transactions.inOrganization(organizationId, (tx) =>
    tx.gitlabConnections.find(id),
  );
  if (!known || known.deleted) return NOT_FOUND;
  const malformed = [
    ...(name === undefined ? [] : checkName(name, 'name')),
    ...(accessToken === undefined ? [] : checkGitLabToken(accessToken, 'accessToken')),
  ];
  if (malformed.length > 0) return { refusals: malformed };
  const token = accessToken === undefined ? undefined : new Secret(accessToken);
  const refused = token && (await askAboutToken(ports, known.url, token, ['accessToken'], ['id']));
  if (refused) return { refusals: [refused] };
  return ports.transactions.inOrganization(organizationId, async (tx) => {
    // Disconnected while GitLab was asked: what is forgotten stays forgotten.
    if ((await tx.gitlabConnections.lock(id))?.deleted) return NOT_FOUND;
    await tx.audit(actor, 'update-gitlab', id);
    const renamed = name === undefined ? {} : { name: name.trim() };
    const checked = token ? { status: 'CONNECTED' as const, lastCheckedAt: ports.now() } : {};
    return { value: await tx.gitlabConnections.change(id, { ...renamed, ...checked }, token) };
  });
}
