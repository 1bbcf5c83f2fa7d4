import { refusal, type Refusal } from '@cleanroom/kernel';
import { Secret } from '@cleanroom/secrets';
import { checkName } from '../domain/check-name.js';
import { checkGitLabToken } from '../domain/check-token.js';
import { providerAddress } from '../domain/provider-address.js';
import { ProviderError, type Answer, type GitLabConnection, type IdentityPorts } from '../ports.js';
import { refusalOf } from './provider-refusal.js';

/** Hooks need it, and there is no narrower scope that would do. */
const NEEDED_SCOPE = 'api';

export interface GitLabWish {
  readonly name: string;
  readonly url: string;
  readonly accessToken: string;
}

/** Connects a GitLab: checks the token and its scope against it, then stores it sealed. */
export async function connectGitLab(
  ports: IdentityPorts,
  organizationId: string,
  actor: string,
  wish: GitLabWish,
): Promise<Answer<GitLabConnection>> {
  const url = providerAddress(wish.url);
  const malformed = [
    ...checkName(wish.name, 'input', 'name'),
    ...checkUrl(ports, url),
    ...checkGitLabToken(wish.accessToken, 'input', 'accessToken'),
  ];
  if (url === undefined || malformed.length > 0) return { refusals: malformed };
  const token = new Secret(wish.accessToken);
  const refused = await askAboutToken(ports, url, token, ['input', 'accessToken'], ['input', 'url']);
  if (refused) return { refusals: [refused] };
  const connection: GitLabConnection = {
    id: ports.newId('gitlabConnection'),
    organizationId,
    version: 1,
    name: wish.name.trim(),
    url,
    status: 'CONNECTED',
    lastCheckedAt: ports.now(),
    deleted: false,
  };
  await ports.transactions.inOrganization(organizationId, async (tx) => {
    await tx.gitlabConnections.insert(connection, token);
    await tx.audit(actor, 'connect-gitlab', connection.id);
  });
  return { value: connection };
}

function checkUrl({ providers }: IdentityPorts, url: string | undefined): Refusal[] {
  if (url === undefined) {
    return [refusal('INVALID', 'An address looks like https://gitlab.example.', 'input', 'url')];
  }
  return url.startsWith('https://') || providers.isAllowed(url)
    ? []
    : [refusal('NOT_ALLOWED', 'Only https addresses.', 'input', 'url')];
}

/** Asks GitLab what the token may do. */
export async function askAboutToken(
  { providers }: IdentityPorts,
  url: string,
  token: Secret,
  tokenPath: string[],
  addressPath: string[],
): Promise<Refusal | undefined> {
  try {
    const scopes = await providers.gitlab(url, token).scopes();
    if (scopes.includes(NEEDED_SCOPE)) return undefined;
    return refusal('CREDENTIALS_INVALID', `The token lacks the scope "${NEEDED_SCOPE}".`, ...tokenPath);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return refusalOf(error, { token: tokenPath, address: addressPath });
  }
}
