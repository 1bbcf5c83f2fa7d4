import { lostAfterSeconds, mayHaveLostJob, whyAssignmentLost } from '../domain/lost-assignment.js';
import type { GitLabRunners, ProvisioningPorts } from '../ports.js';
import type { MachineCase } from './reconcile-runner.js';
import { inSeconds, settleAnew, type Outcome } from './settle.js';

/**
 * Retires a machine that waits for the end of a job that never reached it, unless it has claimed another by then. Not where
 * the job has written anything: then it runs, and the machine's word for it is what got lost.
 *
 * @param gitlab has just said that a job runs there; throws ProviderError
 * @returns whether the step is done with that
 */
export async function retireLostAssignment(
  ports: ProvisioningPorts,
  found: MachineCase,
  gitlab: GitLabRunners,
): Promise<boolean> {
  const { machine, runner } = found;
  const seconds = lostAfterSeconds(ports.clockFactor);
  if (!mayHaveLostJob(machine) || inSeconds(runner.stateSince, seconds) > ports.now()) return false;
  const jobIds = await gitlab.silentJobs(machine.gitlabRunnerId, seconds);
  if (jobIds.length === 0) return false;
  await settleAnew(ports, found, ({ machine: { claimedJobId } }) =>
    claimedJobId === machine.claimedJobId ? retired(jobIds, ports.now()) : undefined,
  );
  return true;
}

function retired(jobIds: readonly number[], now: Date): Outcome {
  const message = whyAssignmentLost(jobIds);
  return {
    runner: { state: 'STOPPING', stateSince: now, stateReason: message },
    machine: { quiet: true, jobOver: true, credentialRevoked: true },
    entry: { kind: 'machine', message, actor: 'provisioning' },
    decidePool: true,
  };
}
