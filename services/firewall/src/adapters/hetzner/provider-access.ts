import { createHetznerClient } from '@cleanroom/hetzner';
import type { Clock } from '@cleanroom/kernel';
import { inOrganization, type Database } from '@cleanroom/persistence';
import { unwrapWith } from '@cleanroom/secrets';
import { withCrashPoints } from '@cleanroom/service-kit';
import type { ProviderAccess, ProviderFirewalls } from '../../ports.js';
import { HetznerFirewalls } from './hetzner-firewalls.js';

/** Names the outside calls, for the tests that kill the service at each of them. */
export const OUTSIDE = { hetzner: 'firewall.hetzner' } as const;

interface Options {
  database: Database;
  privateKey: string;
  installation: string;
  clock: Clock;
  fetch: typeof fetch;
  crashAt: string | undefined;
}

interface Project {
  endpoint: string;
  usable: boolean;
  deleted: boolean;
  token_sealed: Buffer | null;
  version: string;
}

/** Opens Hetzner's API for a project with the credentials that identity wrapped for this service. */
export class HetznerAccess implements ProviderAccess {
  /** One client per project and credential, because the client paces itself by the project's rate limit. */
  private readonly clients = new Map<string, { version: string; firewalls: ProviderFirewalls }>();

  constructor(private readonly options: Options) {}

  async firewallsOf(
    organizationId: string,
    hetznerProjectId: string,
  ): Promise<ProviderFirewalls | undefined> {
    const project = await this.projectOf(organizationId, hetznerProjectId);
    return project?.usable ? this.clientOf(organizationId, hetznerProjectId, project) : undefined;
  }

  async firewallsLeftIn(
    organizationId: string,
    hetznerProjectId: string,
  ): Promise<ProviderFirewalls | undefined> {
    const project = await this.projectOf(organizationId, hetznerProjectId);
    if (!project?.deleted) return undefined;
    const firewalls = await this.clientOf(organizationId, hetznerProjectId, project);
    // Nothing comes after the clean-up: what was opened for it is not kept.
    this.clients.delete(hetznerProjectId);
    return firewalls;
  }

  private async clientOf(
    organizationId: string,
    hetznerProjectId: string,
    project: Project,
  ): Promise<ProviderFirewalls | undefined> {
    if (!project.token_sealed) return undefined;
    const known = this.clients.get(hetznerProjectId);
    if (known?.version === project.version) return known.firewalls;
    const firewalls = await this.open(
      organizationId,
      hetznerProjectId,
      project.endpoint,
      project.token_sealed,
    );
    this.clients.set(hetznerProjectId, { version: project.version, firewalls });
    return firewalls;
  }

  private async projectOf(organizationId: string, id: string): Promise<Project | undefined> {
    const rows: Project[] = await inOrganization(this.options.database, organizationId, (tx) =>
      tx.query(`SELECT endpoint, usable, deleted, token_sealed, version FROM hetzner_project WHERE id = $1`, [
        id,
      ]),
    );
    return rows[0];
  }

  private async open(
    organizationId: string,
    rowId: string,
    endpoint: string,
    sealed: Buffer,
  ): Promise<ProviderFirewalls> {
    const { privateKey, installation, clock, fetch, crashAt } = this.options;
    const token = await unwrapWith(privateKey, sealed, { organizationId, kind: 'hetzner-token', rowId });
    const project = rowId;
    const client = createHetznerClient({ project, endpoint, token: () => token.reveal(), clock, fetch });
    return withCrashPoints(OUTSIDE.hetzner, new HetznerFirewalls(client, installation), crashAt);
  }
}
