import { NO_JOBS, type Pool } from '../domain/pool.js';
import { ProviderError, type GitLabRunners, type ProvisioningPorts } from '../ports.js';
import type { MachineCase } from './reconcile-runner.js';
import { inSeconds, intend, settle } from './settle.js';

const RETRY_SECONDS = 5;
const QUIET = { jobOver: true, quiet: true } as const;

/**
 * The machine says that its job is over, or says nothing any more: GitLab knows. Neither a machine's word nor its
 * silence ends a job. The runner is paused first, so that no other job can begin after it was found that none runs.
 */
export async function confirmJobOver(ports: ProvisioningPorts, found: MachineCase): Promise<void> {
  const { runner, machine, pool } = found;
  const now = ports.now();
  const gitlab = await ports.providers.gitlabOf(runner.organizationId, pool.gitlabConnectionId);
  // Without credentials nobody can be asked; then the witness that there is has to do.
  if (!gitlab || machine.gitlabRunnerId === 0) {
    const outcome = machine.jobOver ? { machine: QUIET } : { machine: { lastReportAt: now } };
    return settle(ports, found, outcome);
  }
  try {
    if (pool.freshMachine === 'EVERY_JOB') await pauseFor(ports, found, gitlab);
    const running = await gitlab.hasRunningJob(machine.gitlabRunnerId);
    const outcome = running
      ? { machine: { lastReportAt: now, ...takes(pool) }, again: inSeconds(now, RETRY_SECONDS) }
      : { machine: { ...QUIET, ...takes(pool) } };
    await settle(ports, found, outcome);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await settle(ports, found, { again: error.retryAt ?? inSeconds(now, RETRY_SECONDS) });
  }
}

/** Its runner is paused now: should the pool take several jobs a machine meanwhile, it is told anew what to take. */
const takes = ({ freshMachine }: Pick<Pool, 'freshMachine'>): { gitlabTakes?: string } =>
  freshMachine === 'EVERY_JOB' ? { gitlabTakes: NO_JOBS } : {};

/** Until it is known that no job runs, nobody knows, not even after a crash, which jobs the GitLab runner takes. */
async function pauseFor(ports: ProvisioningPorts, found: MachineCase, gitlab: GitLabRunners): Promise<void> {
  const { id, gitlabTakes, gitlabRunnerId } = found.machine;
  if (gitlabTakes !== NO_JOBS && gitlabTakes !== '') await intend(ports, found, id, { gitlabTakes: '' });
  await pauseUnlessGone(gitlab, gitlabRunnerId);
}

/** One that is gone takes no job either. */
export async function pauseUnlessGone(gitlab: GitLabRunners, id: number): Promise<void> {
  try {
    await gitlab.pause(id);
  } catch (error) {
    if (!(error instanceof ProviderError) || error.failure !== 'not-found') throw error;
  }
}
