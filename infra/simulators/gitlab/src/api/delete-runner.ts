import type { Runner } from '../model.js';
import type { World } from '../world.js';

/** Removes a runner and its machines. Its running job goes on: a job has a token of its own. */
export function deleteRunner(world: World, runner: Runner, by: 'id' | 'token'): void {
  const { state } = world;
  const running = state.jobs.filter(({ runnerId, status }) => runnerId === runner.id && status === 'running');
  state.runners = state.runners.filter(({ id }) => id !== runner.id);
  state.managers = state.managers.filter(({ runnerId }) => runnerId !== runner.id);
  for (const job of state.jobs) if (job.runnerId === runner.id) job.runnerId = job.managerId = null;
  const runningJobIds = running.map(({ id }) => id);
  world.ledger.append({ type: 'runner-deleted', runnerId: runner.id, by, runningJobIds });
  world.changed();
}
