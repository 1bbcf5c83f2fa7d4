import { jobsTaken } from '../domain/pool.js';
import { gitlabDescription, gitlabMark } from '../domain/server-name.js';
import { ProviderError, type NewGitLabRunner, type ProvisioningPorts } from '../ports.js';
import type { MachineCase } from './reconcile-runner.js';
import { inSeconds, intend, settle, type Outcome } from './settle.js';

const RETRY_SECONDS = 3;
const REFUSED = 'GitLab refuses to make its runner';

/**
 * Makes the GitLab runner of this generation, for a machine that is enrolled and protected. Its token exists nowhere
 * but in the answer: if that was lost, the runner is found by its description, deleted, and made again.
 */
export async function createGitLabRunner(ports: ProvisioningPorts, found: MachineCase): Promise<void> {
  const { runner, machine, pool } = found;
  const gitlab = await ports.providers.gitlabOf(runner.organizationId, pool.gitlabConnectionId);
  const later = inSeconds(ports.now(), RETRY_SECONDS);
  if (!gitlab) return settle(ports, found, { again: later });
  const wanted = newRunner(ports, found);
  try {
    const askedBefore = machine.gitlabIntentGeneration === machine.generation;
    const unanswered = askedBefore ? await gitlab.findByMark(wanted) : [];
    // After the look: whoever still holds the lease here saw only what was made before, never a next owner's runner.
    await intend(ports, found, machine.id, { gitlabIntentGeneration: machine.generation });
    for (const id of unanswered) await gitlab.delete(id);
    const { id, token } = await gitlab.create(wanted);
    const gitlabTokenSealed = await ports.providers.sealRunnerToken(runner.organizationId, machine.id, token);
    // The runner's number goes out with the event, by which scheduling knows whose job it is.
    const gitlabTakes = jobsTaken(pool);
    await settle(ports, found, {
      machine: { gitlabRunnerId: id, gitlabTokenSealed, gitlabTakes },
      runner: runner.stateReason === REFUSED ? { stateReason: runner.wantedBecause } : {},
    });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    ports.log.warn(
      { runner: runner.id, failure: error.failure },
      `the GitLab runner must wait: ${error.message}`,
    );
    await settle(ports, found, {
      ...(error.failure === 'refused' ? tellOnce(found, error) : {}),
      again: error.retryAt ?? later,
      also: async (tx) => {
        if (error.failure === 'credentials-invalid') await tx.stopWriting('gitlab', pool.gitlabConnectionId);
      },
    });
  }
}

/** It is asked again every few seconds, and mostly refused for the same reason: the timeline needs that once. */
function tellOnce({ runner }: MachineCase, { message }: ProviderError): Pick<Outcome, 'runner' | 'entry'> {
  if (runner.stateReason === REFUSED) return {};
  const entry = { kind: 'machine', message: `${REFUSED}: ${message}`, actor: 'provisioning' } as const;
  return { runner: { stateReason: REFUSED }, entry };
}

/** What makes a GitLab runner ours and finds it again. */
export const newRunner = (
  { installation }: ProvisioningPorts,
  { machine, pool }: MachineCase,
): NewGitLabRunner => ({
  description: gitlabDescription(machine.id, machine.generation),
  mark: gitlabMark(installation, machine.id, machine.generation),
  pool,
});
