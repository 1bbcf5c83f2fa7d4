import { concerns, endAction } from './actions.js';
import type { Outcome } from './outcome.js';
import { partFromAddress } from './resources/primary-ip-assignment.js';
import { powerUp } from './resources/server-power.js';
import { runningActionsOf } from './running-actions.js';
import { secondOf } from './world.js';

const off: Outcome = (_world, _project, server) => {
  server.status = 'off';
};

/** It never left `initializing`, and what was to follow does not; only a deletion helps. */
const neverMade: Outcome = (world, project, server) => {
  server.stuck = true;
  for (const action of runningActionsOf(project, server.id)) {
    endAction(world, project, action, { code: 'action_failed', message: 'the server was not created' });
  }
};

/** It was cut off for the try, so it is as after a reboot. */
const stillOn: Outcome = (world, project, server) => powerUp(world, project, server);

/** The server is there, switched off if it was ever made, and costs money as before. */
const stillThere: Outcome = (world, _project, server) => {
  server.status = server.stuck ? 'initializing' : 'off';
  world.ledger.serverKept(server.id, secondOf(world));
};

/** What an action that fails leaves; where nothing is said, the server as it was. */
export const failures: Record<string, Outcome> = {
  create_server: neverMade,
  start_server: off,
  reboot_server: (_world, _project, server) => {
    if (server.status === 'starting') server.status = 'off';
  },
  reset_server: off,
  stop_server: stillOn,
  rebuild_server: off,
  delete_server: stillThere,
  change_server_type: (world, _project, server) => {
    server.status = 'off';
    Object.assign(server, server.typeBefore);
    world.ledger.serverNotRescaled(server.id, secondOf(world));
  },
  assign_primary_ip: (_world, project, server, action) => partFromAddress(project, server, action),
  attach_to_network: (_world, _project, server, action) => {
    server.networks = server.networks.filter(({ networkId }) => !concerns(action, 'network', networkId));
  },
  // One that a selector brought; what was asked for is taken back by its target.
  apply_firewall: (_world, _project, server, action) => {
    server.firewalls = server.firewalls.filter(
      ({ id, status, direct }) => direct || status === 'applied' || !concerns(action, 'firewall', id),
    );
  },
};
