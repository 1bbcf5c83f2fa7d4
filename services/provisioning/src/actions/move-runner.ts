import { restAfterFailure } from '../domain/backoff.js';
import { forNextJob, mayHaveServer, mayRunJob } from '../domain/machine.js';
import type { Step } from '../domain/step.js';
import type { MachinePatch, ProvisioningPorts, RunnerPatch } from '../ports.js';
import { decideStep } from './decide-step.js';
import type { RunnerCase } from './reconcile-runner.js';
import { settleAnew, type Outcome } from './settle.js';

type Move = Extract<Step, { kind: 'move' }>;

/**
 * Moves a runner to another state, with what belongs to that, if it still is to be moved: what was heard since the move
 * was decided counts. A machine that has begun the next job is not done with it because it was done with the one before.
 */
export async function moveRunner(ports: ProvisioningPorts, found: RunnerCase, { to }: Move): Promise<void> {
  const now = ports.now();
  let moved: Move | undefined;
  await settleAnew(ports, found, (current) => {
    const step = decideStep(ports, current, now);
    moved = step.kind === 'move' && step.to === to ? step : undefined;
    return moved && outcomeOf(current, moved, now);
  });
  if (moved) logMove(ports, found, moved);
}

function outcomeOf(found: RunnerCase, { to, reason, failed, unpaid }: Move, now: Date): Outcome {
  const { runner } = found;
  return {
    runner: {
      state: to,
      stateSince: now,
      stateReason: reason ?? reasonFor(found, to),
      trouble: null,
      ...(failed ? restAfterFailure(runner.failures, now) : {}),
      ...runnerPatch(to),
    },
    ...withMachinePatch(machinePatch(found, to, now)),
    decidePool: true,
    again: to === 'DELETED' ? null : now,
    entry: {
      kind: unpaid ? 'BUDGET_EXHAUSTED' : 'state',
      message: reason ?? `${runner.state} to ${to}`,
      actor: 'provisioning',
    },
  };
}

/** After the commit: the log never tells of a move that was not made. */
function logMove(
  { log }: Pick<ProvisioningPorts, 'log'>,
  { runner: { organizationId, poolId, id, state }, machine }: RunnerCase,
  { to, reason }: Move,
): void {
  const subject = {
    organizationId,
    poolId,
    runnerId: id,
    machineId: machine?.id,
    generation: machine?.generation,
  };
  log.info({ ...subject, from: state, to, reason }, 'a runner moved');
}

/** A woken runner keeps telling why it was woken, until it has run a job: what was queued then is no longer. */
const reasonFor = ({ runner, machine }: RunnerCase, to: Move['to']): string | null =>
  to === 'ENROLLING' || (to === 'IDLE' && runner.state === 'ENROLLING' && machine?.generation === 1)
    ? runner.wantedBecause
    : null;

function runnerPatch(to: Move['to']): RunnerPatch {
  if (to === 'ASLEEP') return { machineId: null, draining: false };
  return to === 'BUSY' ? { failures: 0 } : {};
}

function machinePatch(
  { runner, pool, machine }: RunnerCase,
  to: Move['to'],
  now: Date,
): MachinePatch | undefined {
  if (!machine) return undefined;
  if (to === 'IDLE')
    return { readyAt: machine.readyAt ?? now, ...(runner.state === 'BUSY' ? forNextJob(machine) : {}) };
  // Whoever gets into the machine while its job runs finds no token that would fetch another.
  if (to === 'BUSY') return pool.freshMachine === 'EVERY_JOB' ? { gitlabTokenSealed: null } : undefined;
  // An agent that is refused ends its job: one that may run is let finish, and the credential goes with the GitLab runner.
  if (to === 'CLEANING' || (to === 'STOPPING' && !mayRunJob(machine))) return { credentialRevoked: true };
  if (to === 'ASLEEP' && machine.deletedAt === null && !mayHaveServer(machine)) return { deletedAt: now };
  return undefined;
}

const withMachinePatch = (machine: MachinePatch | undefined) => (machine ? { machine } : {});
