import type { Manager, Runner } from '../model.js';
import { isOnline, runnerStatus } from '../runner-status.js';
import type { World } from '../world.js';

/** A runner as lists show it: without tags and without the maintenance note. */
export function runnerEntity({ clock }: World, runner: Runner) {
  const now = clock.now().getTime();
  return {
    id: runner.id,
    description: runner.description,
    ip_address: '',
    active: !runner.paused,
    paused: runner.paused,
    is_shared: runner.type === 'instance_type',
    runner_type: runner.type,
    name: null,
    online: isOnline(runner, now),
    created_at: runner.createdAt,
    status: runnerStatus(runner, now),
  };
}

/** A runner as it is shown alone. */
export function runnerDetails(world: World, runner: Runner) {
  const { projects, groups } = world.state;
  return {
    ...runnerEntity(world, runner),
    tag_list: runner.tags,
    run_untagged: runner.runUntagged,
    locked: runner.locked,
    maximum_timeout: runner.maximumTimeout,
    access_level: runner.accessLevel,
    version: null,
    revision: null,
    platform: null,
    architecture: null,
    contacted_at: runner.contactedAt,
    maintenance_note: runner.maintenanceNote,
    projects: projects
      .filter(({ id }) => id === runner.projectId)
      .map(({ id, path, fullPath }) => ({ id, name: path, path_with_namespace: fullPath })),
    groups: groups
      .filter(({ id }) => id === runner.groupId)
      .map(({ id, path, fullPath }) => ({ id, name: path, web_url: `${world.url()}/groups/${fullPath}` })),
  };
}

/** A machine behind a runner; here alone GitLab shows an address. */
export const managerEntity = ({ clock }: World, manager: Manager) => ({
  id: manager.id,
  system_id: manager.systemId,
  version: manager.version,
  revision: manager.revision,
  platform: manager.platform,
  architecture: manager.architecture,
  created_at: manager.createdAt,
  contacted_at: manager.contactedAt,
  ip_address: manager.ipAddress,
  status: runnerStatus(manager, clock.now().getTime()),
});
