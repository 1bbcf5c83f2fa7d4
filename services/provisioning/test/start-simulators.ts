import { randomBytes } from 'node:crypto';
import { startGitLabSimulator, type GitLabSimulator } from '@cleanroom/gitlab-simulator';
import { startHetznerSimulator, type HetznerSimulator } from '@cleanroom/hetzner-simulator';
import type { Clock } from '@cleanroom/kernel';

export const HETZNER_TOKEN = randomBytes(32).toString('hex');
export const GITLAB_TOKEN = 'glpat-with-api-0001';

export interface Simulators {
  readonly hetzner: HetznerSimulator;
  readonly gitlab: GitLabSimulator;
}

/** Both, with one token each, and no guests. */
export async function startSimulators(clock: Clock): Promise<Simulators> {
  const hetzner = await startHetznerSimulator({
    tokens: { [HETZNER_TOKEN]: 'customer' },
    limits: { servers: 100, primaryIps: 100, requestsPerHour: 1_000_000 },
    startGuest: 'none',
    latency: 'fast',
    clock,
  });
  const gitlab = await startGitLabSimulator({ tokens: { [GITLAB_TOKEN]: { scopes: ['api'] } }, clock });
  return { hetzner, gitlab };
}
