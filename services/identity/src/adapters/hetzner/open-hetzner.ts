import { createHetznerClient } from '@cleanroom/hetzner';
import type { Clock } from '@cleanroom/kernel';
import type { Secret } from '@cleanroom/secrets';
import type { HetznerProjectCalls } from '../../ports.js';
import { HetznerCalls } from './hetzner-project-calls.js';

export interface OpenHetznerOptions {
  endpoint: string;
  token: Secret;
  installation: string;
  clock: Clock;
  fetch: typeof fetch;
}

/** One Hetzner project, as identity uses it. */
export const openHetzner = ({
  endpoint,
  token,
  installation,
  clock,
  fetch,
}: OpenHetznerOptions): HetznerProjectCalls =>
  new HetznerCalls(
    createHetznerClient({ endpoint, token: () => token.reveal(), clock, fetch }),
    installation,
  );
