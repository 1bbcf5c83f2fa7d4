import { actionRoutes } from './resources/actions.js';
import { catalogueRoutes } from './resources/catalogue.js';
import { changeTypeRoutes } from './resources/change-type.js';
import { createServerRoutes } from './resources/create-server.js';
import { deleteServerRoutes } from './resources/delete-server.js';
import { firewallActionRoutes } from './resources/firewall-actions.js';
import { firewallRoutes } from './resources/firewalls.js';
import { networkActionRoutes } from './resources/network-actions.js';
import { networkRoutes } from './resources/networks.js';
import { placementGroupRoutes } from './resources/placement-groups.js';
import { primaryIpActionRoutes } from './resources/primary-ip-actions.js';
import { primaryIpRoutes } from './resources/primary-ips.js';
import { rebuildServerRoutes } from './resources/rebuild-server.js';
import { serverActionRoutes } from './resources/server-actions.js';
import { serverMembershipRoutes } from './resources/server-membership.js';
import { serverRoutes } from './resources/servers.js';
import { sshKeyRoutes } from './resources/ssh-keys.js';
import { volumeRoutes } from './resources/volumes.js';
import type { Route } from './route.js';

/** Everything that the simulated API can be asked. */
export const routes: readonly Route[] = [
  ...catalogueRoutes,
  ...sshKeyRoutes,
  ...primaryIpRoutes,
  ...primaryIpActionRoutes,
  ...serverRoutes,
  ...createServerRoutes,
  ...rebuildServerRoutes,
  ...deleteServerRoutes,
  ...serverActionRoutes,
  ...changeTypeRoutes,
  ...serverMembershipRoutes,
  ...firewallRoutes,
  ...firewallActionRoutes,
  ...networkRoutes,
  ...networkActionRoutes,
  ...placementGroupRoutes,
  ...volumeRoutes,
  ...actionRoutes,
];
