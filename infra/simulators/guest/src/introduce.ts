import type { ControlPlane } from './control-plane.js';
import { askForTokens } from './identity.js';
import type { Job } from './job.js';
import type { Machine } from './machine.js';

/**
 * Writes at the head of the trace where the job runs and as whom. Of the identity token only its subject is shown;
 * the token itself is forgotten. A job goes on without.
 */
export async function introduce(machine: Machine, plane: ControlPlane, job: Job): Promise<void> {
  if (job.introduced) return;
  const { address, settings } = machine;
  const subject = await askForTokens(machine, plane);
  const text = [
    'Running with gitlab-runner (simulated)\n',
    `  on ${settings.machineId}, generation ${settings.generation}, from ${address}\n`,
    `  as ${subject ?? 'nobody: the identity token was refused'}\n`,
  ].join('');
  job.plan = { ...job.plan, lines: [{ at: 0, text }, ...job.plan.lines] };
  job.introduced = true;
}
