import { NO_JOBS, type Pool } from '../domain/pool.js';
import { ProviderError, type GitLabRunners, type MachinePatch, type ProvisioningPorts } from '../ports.js';
import type { MachineCase } from './reconcile-runner.js';
import { retireLostAssignment } from './retire-lost-assignment.js';
import { saysIdleNow } from './says-idle.js';
import { inSeconds, intend, settle, settleAnew, type Outcome } from './settle.js';

const RETRY_SECONDS = 5;
/** How often GitLab is asked while nobody says that the job is over. */
const POLL_SECONDS = 10;
const QUIET = { jobOver: true, quiet: true } as const;

/**
 * Asks GitLab whether a job runs: when the machine or somebody else says that it is over, and every now and then. A job
 * ends by GitLab's word alone. The runner is paused first, so that no other job can begin after it was found that none runs.
 */
export async function confirmJobOver(ports: ProvisioningPorts, found: MachineCase): Promise<void> {
  const { runner, machine, pool } = found;
  const now = ports.now();
  const gitlab = await ports.providers.gitlabOf(runner.organizationId, pool.gitlabConnectionId);
  // Without credentials nobody can be asked; then the witness that there is has to do.
  if (!gitlab || machine.gitlabRunnerId === 0) {
    if (!machine.jobOver || !saysIdleNow(ports, found))
      return settle(ports, found, { again: nextLook(ports, found) });
    return becomeQuiet(ports, found);
  }
  try {
    if (pool.freshMachine === 'EVERY_JOB') await pauseFor(ports, found, gitlab);
    const running = await gitlab.hasRunningJob(machine.gitlabRunnerId);
    if (!running) return await becomeQuiet(ports, found, takes(pool));
    if (await retireLostAssignment(ports, found, gitlab)) return;
    await settle(ports, found, { ...pausedIn(pool), again: nextLook(ports, found) });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await settle(ports, found, { again: error.retryAt ?? inSeconds(now, RETRY_SECONDS) });
  }
}

/** Unless it has begun another job since it was asked for: then GitLab is asked again. */
const becomeQuiet = async (ports: ProvisioningPorts, found: MachineCase, more: MachinePatch = {}) =>
  void (await settleAnew(ports, found, ({ machine: { gitlabJobId } }) =>
    gitlabJobId === found.machine.gitlabJobId ? { machine: { ...QUIET, ...more } } : undefined,
  ));

/** Of real time at least a second, so that a fast clock does not become a flood. */
const nextLook = ({ now, clockFactor }: ProvisioningPorts, { machine }: MachineCase): Date =>
  inSeconds(now(), machine.jobOver ? RETRY_SECONDS : Math.max(POLL_SECONDS, clockFactor));

/** Its runner is paused now: should the pool take several jobs a machine meanwhile, it is told anew what to take. */
const takes = ({ freshMachine }: Pick<Pool, 'freshMachine'>): { gitlabTakes?: string } =>
  freshMachine === 'EVERY_JOB' ? { gitlabTakes: NO_JOBS } : {};
const pausedIn = (pool: Pool): Outcome => (pool.freshMachine === 'EVERY_JOB' ? { machine: takes(pool) } : {});

/** Until it is known that no job runs, nobody knows, not even after a crash, which jobs the GitLab runner takes. */
async function pauseFor(ports: ProvisioningPorts, found: MachineCase, gitlab: GitLabRunners): Promise<void> {
  const { id, gitlabTakes, gitlabRunnerId } = found.machine;
  // That it rests is asked for again only where it decides something.
  if (gitlabTakes === NO_JOBS && !found.machine.jobOver) return;
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
