import type { Project, Server } from '../state.js';
import type { World } from '../world.js';

/** Sets a server running and plans when its guest will speak. */
export function powerUp(world: World, project: Project, server: Server): void {
  server.status = 'running';
  server.boot += 1;
  const fate = world.guestBehaviour.next();
  if (!fate.boots) return;
  server.guest = 'booting';
  const { diesAfterEnrol, lateBy } = fate;
  const plan = { project: project.name, serverId: server.id, boot: server.boot, diesAfterEnrol };
  world.tasks.plan({ kind: 'boot-guest', ...plan }, world.latency.boot() + lateBy);
}

/** Cuts the power: the guest falls silent at once, and what was planned for this boot is void. */
export function powerDown(world: World, server: Server): void {
  server.boot += 1;
  server.guest = 'absent';
  world.guests.stop(server.id);
}
