import { isUnclaimed, lostIfBegunBefore, whyAssignmentLost } from '../domain/lost-assignment.js';
import type { Machine } from '../domain/machine.js';
import type { GitLabRunners, ProvisioningPorts } from '../ports.js';
import type { MachineCase } from './reconcile-runner.js';
import { settleAnew, type Outcome } from './settle.js';

/**
 * Retires a machine that waits for the end of a job that never reached it, unless it has claimed a job by then. Not where
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
  const begunBefore = lostIfBegunBefore(ports.now(), ports.clockFactor);
  if (!isUnclaimed(machine) || runner.stateSince >= begunBefore) return false;
  if (!(await gitlab.hasOnlySilentJobs(machine.gitlabRunnerId, begunBefore))) return false;
  await settleAnew(ports, found, (current) =>
    isUnclaimed(current.machine) ? retired(current.machine, ports.now()) : undefined,
  );
  return true;
}

function retired(machine: Machine, now: Date): Outcome {
  const message = whyAssignmentLost(machine);
  return {
    runner: { state: 'STOPPING', stateSince: now, stateReason: message },
    machine: { quiet: true, jobOver: true, credentialRevoked: true },
    entry: { kind: 'machine', message, actor: 'provisioning' },
    decidePool: true,
  };
}
