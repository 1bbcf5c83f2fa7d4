import type { Clock } from '@cleanroom/kernel';
import { createGitLabClient } from '@cleanroom/gitlab';
import { inOrganization, type Database } from '@cleanroom/persistence';
import { Secret, sealer, unwrapWith, type Sealer } from '@cleanroom/secrets';
import { guardedFetch, SparingFetch, withCrashPoints } from '@cleanroom/service-kit';
import type { ProvisioningConfig } from '../config.js';
import type { GitLabRunners, ProviderAccess, Servers } from '../ports.js';
import { GitLabRunnerCalls } from './gitlab/gitlab-runners.js';
import { openHetzner } from './hetzner/open-hetzner.js';

interface Connection {
  address: string;
  usable: boolean;
  token_sealed: Buffer | null;
  version: string;
}

const columns = `usable AND (refused_until IS NULL OR refused_until <= $2) AS usable, token_sealed, version`;
const hetznerRow = `SELECT endpoint AS address, ${columns} FROM hetzner_project WHERE id = $1 AND NOT deleted`;
const gitlabRow = `SELECT url AS address, ${columns} FROM gitlab_connection WHERE id = $1 AND NOT deleted`;

/** Names under which a test can crash this service at an outside call. */
export const OUTSIDE = { hetzner: 'provisioning.hetzner', gitlab: 'provisioning.gitlab' } as const;

/** Opens Hetzner and GitLab with the credentials that identity wrapped for this service. */
export class Providers implements ProviderAccess {
  /** One client per connection and credential: it paces itself by the project's rate limit and keeps its connections. */
  private readonly open = new Map<string, { version: string; client: unknown }>();
  private readonly seal: Sealer;
  private readonly fetch: typeof fetch;
  private readonly sparing: SparingFetch;

  constructor(
    private readonly config: ProvisioningConfig,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.seal = sealer(config.CLEANROOM_MASTER_KEY);
    this.fetch = guardedFetch({ allowedPrivateHosts: config.CLEANROOM_ALLOWED_PRIVATE_HOSTS });
    this.sparing = new SparingFetch(this.fetch);
  }

  serversOf(organizationId: string, id: string): Promise<Servers | undefined> {
    return this.clientOf(organizationId, id, hetznerRow, 'hetzner-token', (address, token) => {
      const { CLEANROOM_INSTALLATION: installation, CLEANROOM_CRASH_AT } = this.config;
      const servers = openHetzner({
        project: id,
        endpoint: address,
        token,
        installation,
        clock: this.clock,
        fetch: this.fetch,
      });
      return withCrashPoints(OUTSIDE.hetzner, servers, CLEANROOM_CRASH_AT);
    });
  }

  gitlabOf(organizationId: string, id: string): Promise<GitLabRunners | undefined> {
    return this.clientOf(organizationId, id, gitlabRow, 'gitlab-token', (address, token) => {
      const fetch = this.sparing.of(id);
      const client = createGitLabClient({ url: address, token: token.reveal(), fetch });
      return withCrashPoints(
        OUTSIDE.gitlab,
        new GitLabRunnerCalls(client, this.clock),
        this.config.CLEANROOM_CRASH_AT,
      );
    });
  }

  sealRunnerToken(organizationId: string, machineId: string, token: string): Promise<Uint8Array> {
    return this.seal.seal(new Secret(token), runnerTokenBinding(organizationId, machineId));
  }

  /** For the machine that is to use it, and nobody else. */
  openRunnerToken(organizationId: string, machineId: string, sealed: Uint8Array): Promise<Secret> {
    return this.seal.open(Buffer.from(sealed), runnerTokenBinding(organizationId, machineId));
  }

  private async clientOf<T>(
    organizationId: string,
    rowId: string,
    row: string,
    kind: string,
    make: (address: string, token: Secret) => T,
  ): Promise<T | undefined> {
    const [found] = await inOrganization(this.database, organizationId, (tx): Promise<Connection[]> =>
      tx.query(row, [rowId, this.clock.now()]),
    );
    if (!found?.usable || !found.token_sealed) return undefined;
    const known = this.open.get(rowId);
    if (known?.version === found.version) return known.client as T;
    const privateKey = this.config.CLEANROOM_RECIPIENT_PRIVATE_KEY;
    const token = await unwrapWith(privateKey, found.token_sealed, { organizationId, kind, rowId });
    const client = make(found.address, token);
    this.open.set(rowId, { version: found.version, client });
    return client;
  }
}

const runnerTokenBinding = (organizationId: string, rowId: string) => ({
  organizationId,
  kind: 'runner-token',
  rowId,
});
