import { isUnclaimed, lostIfBegunBefore, whyAssignmentLost } from '../domain/lost-assignment.js';
import type { GitLabRunners, ProvisioningPorts } from '../ports.js';
import type { MachineCase } from './reconcile-runner.js';
import type { Outcome } from './settle.js';

/**
 * What to do with a machine that waits for the end of a job that never reached it: it is retired. Not where
 * the job has written anything: then it runs, and the machine's word for it is what got lost.
 *
 * @param gitlab has just said that a job runs there; throws ProviderError
 */
export async function findLostAssignment(
  { now, clockFactor }: Pick<ProvisioningPorts, 'now' | 'clockFactor'>,
  { machine, runner }: MachineCase,
  gitlab: GitLabRunners,
): Promise<Outcome | undefined> {
  const begunBefore = lostIfBegunBefore(now(), clockFactor);
  if (!isUnclaimed(machine) || runner.stateSince >= begunBefore) return undefined;
  if (!(await gitlab.hasOnlySilentJobs(machine.gitlabRunnerId, begunBefore))) return undefined;
  const message = whyAssignmentLost(machine);
  return {
    runner: { state: 'STOPPING', stateSince: now(), stateReason: message },
    machine: { quiet: true, jobOver: true, credentialRevoked: true },
    entry: { kind: 'machine', message, actor: 'provisioning' },
    decidePool: true,
  };
}
