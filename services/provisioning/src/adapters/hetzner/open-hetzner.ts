import { createHetznerClient } from '@cleanroom/hetzner';
import type { Clock } from '@cleanroom/kernel';
import type { Secret } from '@cleanroom/secrets';
import type { Servers } from '../../ports.js';
import { HetznerServers } from './hetzner-servers.js';

export interface OpenHetznerOptions {
  /** Our id of the project. */
  project: string;
  endpoint: string;
  token: Secret;
  installation: string;
  clock: Clock;
  fetch: typeof fetch;
}

/** The servers of one Hetzner project. */
export const openHetzner = ({
  project,
  endpoint,
  token,
  installation,
  clock,
  fetch,
}: OpenHetznerOptions): Servers =>
  new HetznerServers(
    createHetznerClient({ project, endpoint, token: () => token.reveal(), fetch, clock }),
    installation,
    clock,
  );
