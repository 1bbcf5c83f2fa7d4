import { crashMoments, outsideCalls } from '@cleanroom/service-kit';
import { HetznerFirewalls } from '../../../services/firewall/src/adapters/hetzner/hetzner-firewalls.js';
import { OUTSIDE as FIREWALL } from '../../../services/firewall/src/adapters/hetzner/provider-access.js';
import { GitLabTokenCalls } from '../../../services/identity/src/adapters/gitlab/gitlab-token-calls.js';
import { HetznerCalls } from '../../../services/identity/src/adapters/hetzner/hetzner-project-calls.js';
import { OUTSIDE as IDENTITY } from '../../../services/identity/src/adapters/open-providers.js';
import { GitLabRunnerCalls } from '../../../services/provisioning/src/adapters/gitlab/gitlab-runners.js';
import { HetznerServers } from '../../../services/provisioning/src/adapters/hetzner/hetzner-servers.js';
import { OUTSIDE as PROVISIONING } from '../../../services/provisioning/src/adapters/provider-access.js';

type Adapter = abstract new (...args: never[]) => object;

/** Every class by which a service speaks to the outside, under the name that its crash points have. */
export const adapters: Readonly<Record<string, Readonly<Record<string, Adapter>>>> = {
  provisioning: { [PROVISIONING.hetzner]: HetznerServers, [PROVISIONING.gitlab]: GitLabRunnerCalls },
  identity: { [IDENTITY.hetzner]: HetznerCalls, [IDENTITY.gitlab]: GitLabTokenCalls },
  firewall: { [FIREWALL.hetzner]: HetznerFirewalls },
};

/** Three crash points for every outside call that an adapter declares: a new method is crashed at without a word here. */
const pointsOf = (named: Readonly<Record<string, Adapter>>): string[] =>
  Object.entries(named)
    .flatMap(([name, adapter]) => outsideCalls(name, adapter.prototype as object))
    .flatMap((call) => crashMoments.map((moment) => `${call}:${moment}`));

/** Where the services are killed that change something at Hetzner or GitLab. */
export const crashPoints: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(adapters).map(([service, named]) => [service, pointsOf(named)]),
);
