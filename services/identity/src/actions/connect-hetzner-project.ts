import { refusal, type Refusal } from '@cleanroom/kernel';
import { Secret } from '@cleanroom/secrets';
import { checkName } from '../domain/check-name.js';
import { checkHetznerToken } from '../domain/check-token.js';
import { providerAddress } from '../domain/provider-address.js';
import type { Answer, HetznerProject, IdentityPorts } from '../ports.js';
import { alreadyConnected, markProject } from './mark-project.js';

export const HETZNER_ENDPOINT = 'https://api.hetzner.cloud/v1';

export interface HetznerProjectWish {
  readonly name: string;
  readonly apiToken: string;
  /** Hetzner's own where it is left out. */
  readonly endpoint?: string | undefined;
}

/**
 * Connects a Hetzner project: checks the token by marking the project as ours, then stores it sealed. Dying in between
 * leaves a mark of this organisation, which its next try takes over.
 */
export async function connectHetznerProject(
  ports: IdentityPorts,
  organizationId: string,
  actor: string,
  wish: HetznerProjectWish,
): Promise<Answer<HetznerProject>> {
  const { name, apiToken } = wish;
  const endpoint = providerAddress(wish.endpoint ?? HETZNER_ENDPOINT);
  const malformed = [
    ...checkName(name, 'input', 'name'),
    ...checkHetznerToken(apiToken, 'input', 'apiToken'),
    ...checkEndpoint(ports, endpoint),
  ];
  if (endpoint === undefined || malformed.length > 0) return { refusals: malformed };
  const id = ports.newId('hetznerProject');
  const token = new Secret(apiToken);
  const claim = { organizationId, hetznerProjectId: id, endpoint };
  const marked = await markProject(ports, claim, ports.providers.hetzner(endpoint, token));
  if ('refusals' in marked) return marked;
  const project: HetznerProject = {
    id,
    organizationId,
    version: 1,
    name: name.trim(),
    endpoint,
    status: 'CONNECTED',
    lastCheckedAt: ports.now(),
    sshKeyId: marked.value.mark.id,
    currency: marked.value.currency,
    deleted: false,
  };
  return store(ports, actor, project, token);
}

/** Two tries at once may both have come past the mark; the database lets one of them through. */
const store = (
  { transactions }: IdentityPorts,
  actor: string,
  project: HetznerProject,
  token: Secret,
): Promise<Answer<HetznerProject>> =>
  transactions.inOrganization(project.organizationId, async (tx) => {
    if (!(await tx.hetznerProjects.insert(project, token))) {
      return { refusals: [alreadyConnected(project.name)] };
    }
    await tx.audit(actor, 'connect-hetzner-project', project.id);
    return { value: project };
  });

const checkEndpoint = ({ providers }: IdentityPorts, endpoint: string | undefined): Refusal[] =>
  endpoint === HETZNER_ENDPOINT || (endpoint !== undefined && providers.isAllowed(endpoint))
    ? []
    : [
        refusal(
          'NOT_ALLOWED',
          "Only Hetzner's own address, unless the operator allows another.",
          'input',
          'endpoint',
        ),
      ];
