import { maxBuildsIn, mayHaveGitLabRunner, mayRunNext, type Machine } from '../domain/machine.js';
import type { ProvisioningPorts } from '../ports.js';

/** What a machine gets when it asks what to do. */
export type Configuration =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'gone' }
  /** A later generation than we know of. */
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'ready';
      readonly gitlabUrl: string;
      readonly runnerId: number;
      readonly tokenSealed: Uint8Array;
      /** 0 is no limit. */
      readonly maxBuilds: number;
    };

const GONE_STATES = ['DRAINING', 'STOPPING', 'FAILED', 'ASLEEP', 'DELETED'];

/**
 * Withheld until the machine is enrolled and protected, so that no token exists that an unprotected machine could use;
 * then the same answer however often it asks, until its job begins. In an `EVERY_START` pool a machine whose runner has
 * ended gets it again once GitLab has confirmed that the job is over.
 */
export async function serveConfiguration(
  { transactions }: ProvisioningPorts,
  organizationId: string,
  { machineId, generation }: { machineId: string; generation: number },
): Promise<Configuration> {
  return transactions.inOrganization(organizationId, async (tx) => {
    const machine = await tx.machines.find(machineId);
    const runner = machine && (await tx.runners.find(machine.runnerId));
    const pool = runner && (await tx.pools.find(runner.poolId));
    // As after a backup was restored: an agent that is told it is over ends its job.
    if (machine && generation > machine.generation) return { kind: 'unknown' };
    if (!machine || !runner || !pool || isOver(machine, generation) || GONE_STATES.includes(runner.state))
      return { kind: 'gone' };
    if (machine.enrolledGeneration !== generation) return { kind: 'waiting' };
    if (!mayHaveGitLabRunner(machine)) return { kind: 'waiting' };
    if (!mayRunNext(machine, pool)) return { kind: 'gone' };
    if (machine.jobStarted) return pool.freshMachine === 'EVERY_JOB' ? { kind: 'gone' } : { kind: 'waiting' };
    const tokenSealed = await tx.machines.gitlabTokenOf(machineId);
    const gitlab = await tx.gitlab(pool.gitlabConnectionId);
    if (!tokenSealed || !gitlab || machine.gitlabRunnerId === 0) return { kind: 'waiting' };
    const maxBuilds = machine.maxBuilds ?? maxBuildsIn(pool);
    if (machine.maxBuilds === null) await tx.machines.change(machineId, { maxBuilds });
    return { kind: 'ready', gitlabUrl: gitlab.url, runnerId: machine.gitlabRunnerId, tokenSealed, maxBuilds };
  });
}

const isOver = (machine: Machine, generation: number): boolean =>
  machine.generation !== generation || machine.deletedAt !== null || machine.credentialRevoked;
