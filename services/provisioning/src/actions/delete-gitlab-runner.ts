import { mayRunJob } from '../domain/machine.js';
import { ProviderError, type GitLabRunners, type ProvisioningPorts } from '../ports.js';
import { pauseUnlessGone } from './confirm-job-over.js';
import { newRunner } from './create-gitlab-runner.js';
import type { MachineCase } from './reconcile-runner.js';
import { saysIdleNow } from './says-idle.js';
import { inSeconds, settle, type Outcome } from './settle.js';

const RETRY_SECONDS = 3;
const JOB_RUNS_SECONDS = 10;
/** A machine costs money while it waits for GitLab; after this long what is left there is the sweep's to remove. */
const PATIENCE_MS = 3 * 60_000;
const NONE = {
  gitlabRunnerId: 0,
  gitlabIntentGeneration: 0,
  gitlabTokenSealed: null,
  credentialRevoked: true,
} as const;

/** Deletes this generation's GitLab runner, also one whose creation was asked for and never answered. */
export async function deleteGitLabRunner(ports: ProvisioningPorts, found: MachineCase): Promise<void> {
  const { runner, pool } = found;
  const gitlab = await ports.providers.gitlabOf(runner.organizationId, pool.gitlabConnectionId);
  if (!gitlab) return settle(ports, found, withoutGitLab(ports, found));
  try {
    if (await aJobRuns(gitlab, found)) {
      return settle(ports, found, { again: inSeconds(ports.now(), JOB_RUNS_SECONDS) });
    }
    for (const id of await idsOf(ports, gitlab, found)) await gitlab.delete(id);
    await settle(ports, found, { machine: NONE });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await putOff(ports, found, error);
  }
}

/** What is left at GitLab is the sweep's to remove, but the server does not go under a job of which nobody could tell. */
const withoutGitLab = (ports: ProvisioningPorts, found: MachineCase): Outcome =>
  mayRunJob(found.machine) && !saysIdleNow(ports, found)
    ? { again: inSeconds(ports.now(), JOB_RUNS_SECONDS) }
    : { machine: NONE };

/** A machine that was given up before it was ready may have got a job at the last moment: that one is not cut off. */
async function aJobRuns(gitlab: GitLabRunners, { machine }: MachineCase): Promise<boolean> {
  if (!mayRunJob(machine)) return false;
  await pauseUnlessGone(gitlab, machine.gitlabRunnerId);
  return gitlab.hasRunningJob(machine.gitlabRunnerId);
}

const idsOf = async (ports: ProvisioningPorts, gitlab: GitLabRunners, found: MachineCase) =>
  found.machine.gitlabRunnerId > 0
    ? [found.machine.gitlabRunnerId]
    : gitlab.findByMark(newRunner(ports, found));

async function putOff(ports: ProvisioningPorts, found: MachineCase, error: ProviderError): Promise<void> {
  const { runner, machine, pool } = found;
  const now = ports.now();
  ports.log.warn(
    { runner: runner.id, failure: error.failure },
    `the GitLab runner stays a little longer: ${error.message}`,
  );
  const invalid = error.failure === 'credentials-invalid';
  const givesUp = invalid || now.getTime() - runner.stateSince.getTime() >= PATIENCE_MS;
  await settle(ports, found, {
    ...(!mayRunJob(machine) && givesUp
      ? { machine: NONE }
      : { again: error.retryAt ?? inSeconds(now, RETRY_SECONDS) }),
    also: async (tx) => {
      if (invalid) await tx.stopWriting('gitlab', pool.gitlabConnectionId);
    },
  });
}
