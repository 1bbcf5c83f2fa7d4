import type { ProviderServer, Servers } from '../ports.js';

/** All servers of one organisation in one Hetzner project, at one moment. */
export interface ServerList {
  readonly organizationId: string;
  readonly projectId: string;
  readonly servers: Servers;
  readonly listed: readonly ProviderServer[];
  readonly listedAt: Date;
}
