import { ProviderError, type ProvisioningPorts } from '../ports.js';
import { pauseUnlessGone } from './confirm-job-over.js';
import type { MachineCase } from './reconcile-runner.js';
import { retireLostAssignment } from './retire-lost-assignment.js';
import { saysIdleNow } from './says-idle.js';
import { inSeconds, settle, type Outcome } from './settle.js';

const LOOK_AGAIN_SECONDS = 5;
const UNTOLD = 'nobody says whether a job runs: the GitLab credentials are not accepted';

/**
 * Lets no further job in and waits for the one that may have slipped in between: paused first, read afterwards, so that
 * no job can begin after it was found that none runs.
 */
export async function drainRunner(ports: ProvisioningPorts, found: MachineCase): Promise<void> {
  const { runner, machine, pool } = found;
  const now = ports.now();
  const empty: Outcome = {
    runner: { state: 'STOPPING', stateSince: now },
    machine: { credentialRevoked: true, quiet: true },
  };
  if (machine.gitlabRunnerId === 0) return settle(ports, found, empty);
  const gitlab = await ports.providers.gitlabOf(runner.organizationId, pool.gitlabConnectionId);
  const later = inSeconds(now, LOOK_AGAIN_SECONDS);
  if (!gitlab) return settle(ports, found, saysIdleNow(ports, found) ? empty : untold(found, later));
  try {
    await pauseUnlessGone(gitlab, machine.gitlabRunnerId);
    const running = await gitlab.hasRunningJob(machine.gitlabRunnerId);
    if (running && (await retireLostAssignment(ports, found, gitlab))) return;
    await settle(ports, found, running ? { again: later } : empty);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await settle(ports, found, {
      again: error.retryAt ?? later,
      also: async (tx) => {
        if (error.failure === 'credentials-invalid') await tx.stopWriting('gitlab', pool.gitlabConnectionId);
      },
    });
  }
}

/** It stays, and costs, until GitLab can be asked or the machine says it: people should see why. */
const untold = ({ runner }: MachineCase, again: Date): Outcome => ({
  ...(runner.stateReason === UNTOLD ? {} : { runner: { stateReason: UNTOLD } }),
  again,
});
