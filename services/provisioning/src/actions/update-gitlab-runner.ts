import { jobsToTake } from '../domain/machine.js';
import { NO_JOBS } from '../domain/pool.js';
import { ProviderError, type ProvisioningPorts } from '../ports.js';
import type { MachineCase } from './reconcile-runner.js';
import { inSeconds, intend, settle } from './settle.js';

const RETRY_SECONDS = 10;

/**
 * Has the GitLab runner of a waiting machine take the jobs that its pool says now, and none while the machine is not
 * protected. The machine is as clean as before, so it is kept. Asking twice is harmless; only an answer counts as done.
 */
export async function updateGitLabRunner(ports: ProvisioningPorts, found: MachineCase): Promise<void> {
  const { runner, machine, pool } = found;
  const gitlab = await ports.providers.gitlabOf(runner.organizationId, pool.gitlabConnectionId);
  const later = inSeconds(ports.now(), RETRY_SECONDS);
  if (!gitlab) return settle(ports, found, { again: later });
  try {
    // Until the answer is there nobody knows, not even after a crash, which jobs it takes.
    if (machine.gitlabTakes !== '') await intend(ports, found, machine.id, { gitlabTakes: '' });
    const gitlabTakes = jobsToTake(machine, pool);
    if (gitlabTakes === NO_JOBS) await gitlab.pause(machine.gitlabRunnerId);
    else await gitlab.setJobsTaken(machine.gitlabRunnerId, pool);
    await settle(ports, found, { machine: { gitlabTakes } });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    ports.log.warn(
      { failure: error.failure },
      `the GitLab runner takes the same jobs for now: ${error.message}`,
    );
    // One that somebody deleted takes no job any more.
    if (error.failure === 'not-found') return settle(ports, found, { runner: { draining: true } });
    await settle(ports, found, {
      again: error.retryAt ?? later,
      also: async (tx) => {
        if (error.failure === 'credentials-invalid') await tx.stopWriting('gitlab', pool.gitlabConnectionId);
      },
    });
  }
}
