import { isId, type Loop } from '@cleanroom/kernel';
import { observeServers } from '../actions/observe-servers.js';
import { removeOrphanGitLabRunners } from '../actions/remove-orphan-gitlab-runners.js';
import type { ProvisioningPorts } from '../ports.js';

/** Compares what is there at each Hetzner project and GitLab with what is known here, once a minute. */
export const sweepOrphans: Loop<ProvisioningPorts> = {
  table: 'observation',
  step: (ports, lease) =>
    isId('gitlabConnection', lease.id)
      ? removeOrphanGitLabRunners(ports, lease)
      : observeServers(ports, lease),
};
