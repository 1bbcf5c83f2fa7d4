import type { ControlPlane } from './control-plane.js';
import type { RunnerConfig } from './guest-disk.js';
import type { Machine } from './machine.js';
import { orRefused } from './patience.js';

/**
 * Asks for the configuration of gitlab-runner until the machine is protected and its runner exists, or, after a job,
 * until the control plane lets it take another.
 *
 * @throws TheEnd where it may not
 */
export async function awaitRunner({ disk, patience }: Machine, plane: ControlPlane): Promise<RunnerConfig> {
  if (disk.runner) return disk.runner;
  const runner = await patience.persist('the runner', async () => {
    const answer = await plane.ask('GET', '/machine/v1/runner');
    return answer.status === 200 ? (JSON.parse(answer.body) as RunnerConfig) : orRefused(answer);
  });
  delete disk.job;
  disk.builds = 0;
  disk.runner = runner;
  return runner;
}
