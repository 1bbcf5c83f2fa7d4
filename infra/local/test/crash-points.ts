import { crashMoments, outsideCalls } from '@cleanroom/service-kit';
import { HetznerFirewalls } from '../../../services/firewall/src/adapters/hetzner/hetzner-firewalls.js';
import { OUTSIDE as FIREWALL } from '../../../services/firewall/src/adapters/hetzner/provider-access.js';
import { GitLabTokenCalls } from '../../../services/identity/src/adapters/gitlab/gitlab-token-calls.js';
import { HetznerCalls } from '../../../services/identity/src/adapters/hetzner/hetzner-project-calls.js';
import { OUTSIDE as IDENTITY } from '../../../services/identity/src/adapters/open-providers.js';
import { GitLabRunnerCalls } from '../../../services/provisioning/src/adapters/gitlab/gitlab-runners.js';
import { HetznerServers } from '../../../services/provisioning/src/adapters/hetzner/hetzner-servers.js';
import { OUTSIDE as PROVISIONING } from '../../../services/provisioning/src/adapters/provider-access.js';

/** Three crash points for every outside call that an adapter declares: a new method is crashed at without a word here. */
const pointsOf = (adapters: Record<string, object>): string[] =>
  Object.entries(adapters)
    .flatMap(([name, adapter]) => outsideCalls(name, adapter))
    .flatMap((call) => crashMoments.map((moment) => `${call}:${moment}`));

/** Where the services are killed that change something at Hetzner or GitLab. */
export const crashPoints: Readonly<Record<string, readonly string[]>> = {
  provisioning: pointsOf({
    [PROVISIONING.hetzner]: HetznerServers.prototype,
    [PROVISIONING.gitlab]: GitLabRunnerCalls.prototype,
  }),
  identity: pointsOf({
    [IDENTITY.hetzner]: HetznerCalls.prototype,
    [IDENTITY.gitlab]: GitLabTokenCalls.prototype,
  }),
  firewall: pointsOf({ [FIREWALL.hetzner]: HetznerFirewalls.prototype }),
};
