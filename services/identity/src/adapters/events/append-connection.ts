import { ConnectionStatus as Told, topics } from '@cleanroom/contracts';
import { appendEvent } from '@cleanroom/messaging';
import { wrapFor, type Secret } from '@cleanroom/secrets';
import type { EntityManager } from 'typeorm';
import type { GitLabConnection, HetznerProject } from '../../ports.js';

/** Public keys by service. */
export type RecipientKeys = Readonly<Record<string, string>>;

const HETZNER_RECIPIENTS = ['provisioning', 'firewall', 'billing'];
const GITLAB_RECIPIENTS = ['provisioning', 'scheduling'];

/** Tells of a Hetzner project; its token goes out only wrapped, once for each service that needs it. */
export const appendHetznerProject =
  (keys: RecipientKeys) =>
  async (tx: EntityManager, project: HetznerProject, token: Secret | undefined): Promise<void> => {
    const { id, organizationId, version, name, status, endpoint, sshKeyId, deleted } = project;
    const binding = { organizationId, kind: 'hetzner-token', rowId: id };
    await appendEvent(tx, topics.hetznerProject, {
      hetznerProjectId: id,
      organizationId,
      version: BigInt(version),
      name,
      status: Told[status],
      endpoint,
      apiTokens: await wrapAll(keys, HETZNER_RECIPIENTS, deleted ? undefined : token, binding),
      sshKeyId: BigInt(sshKeyId),
      deleted,
    });
  };

/** Tells of a GitLab connection, likewise. */
export const appendGitLabConnection =
  (keys: RecipientKeys, webhookUrl: (id: string) => string) =>
  async (tx: EntityManager, connection: GitLabConnection, token: Secret | undefined): Promise<void> => {
    const { id, organizationId, version, name, status, url, deleted } = connection;
    const binding = { organizationId, kind: 'gitlab-token', rowId: id };
    await appendEvent(tx, topics.gitlabConnection, {
      gitlabConnectionId: id,
      organizationId,
      version: BigInt(version),
      name,
      status: Told[status],
      url,
      accessTokens: await wrapAll(keys, GITLAB_RECIPIENTS, deleted ? undefined : token, binding),
      webhookUrl: webhookUrl(id),
      deleted,
    });
  };

async function wrapAll(
  keys: RecipientKeys,
  recipients: readonly string[],
  token: Secret | undefined,
  binding: { organizationId: string; kind: string; rowId: string },
) {
  if (!token) return [];
  return Promise.all(
    recipients.map(async (recipient) => {
      const key = keys[recipient];
      if (!key) throw new Error(`there is no public key of ${recipient}`);
      return { recipient, sealed: new Uint8Array(await wrapFor(key, token, binding)) };
    }),
  );
}
