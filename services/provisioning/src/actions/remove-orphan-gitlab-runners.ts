import { judgeStrays, type Stray, type WorkLease } from '@cleanroom/kernel';
import type { Machine } from '../domain/machine.js';
import { isGitLabDescription, readGitLabMark } from '../domain/server-name.js';
import {
  ProviderError,
  type GitLabRunners,
  type GitLabScope,
  type ProvisioningPorts,
  type ProvisioningTransaction,
} from '../ports.js';
import { unlessRefused } from './remove-orphan-servers.js';
import { inSeconds } from './settle.js';

const EVERY_SECONDS = 120;
/** GitLab's lists do not tell the age; two sightings have to do. */
const OLD = new Date(0);

/**
 * Deletes GitLab runners with our mark whose generation is over, or whose machine nobody has: what a lost answer or an outage
 * left behind.
 */
export async function removeOrphanGitLabRunners(ports: ProvisioningPorts, lease: WorkLease): Promise<void> {
  const { id: connectionId, organizationId } = lease;
  const finish = (at: Date, failure?: ProviderError) =>
    ports.transactions.inOrganization(organizationId, async (tx) => {
      if (failure?.failure === 'credentials-invalid') await tx.stopWriting('gitlab', connectionId);
      await tx.finish('observation', lease, at);
    });
  try {
    const gitlab = await ports.providers.gitlabOf(organizationId, connectionId);
    if (gitlab) {
      await sweep(ports, lease, gitlab);
      await ports.transactions.inOrganization(organizationId, (tx) => tx.writeAgain('gitlab', connectionId));
    }
    await finish(inSeconds(ports.now(), EVERY_SECONDS));
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    ports.log.warn(
      { connectionId, failure: error.failure },
      `GitLab runners were not seen: ${error.message}`,
    );
    await finish(error.retryAt ?? inSeconds(ports.now(), EVERY_SECONDS), error);
  }
}

async function sweep(
  ports: ProvisioningPorts,
  { id: connectionId, organizationId }: WorkLease,
  gitlab: GitLabRunners,
): Promise<void> {
  const inOrganization = <T>(work: (tx: ProvisioningTransaction) => Promise<T>) =>
    ports.transactions.inOrganization(organizationId, work);
  const { marked, inUse } = await listMarked(
    ports,
    gitlab,
    await inOrganization((tx) => tx.pools.placesOf(connectionId)),
  );
  // A GitLab may be connected by several organisations, and a mark does not say whose machine it names.
  const anybodys = await ports.transactions.machinesOfAnybody(marked.map(({ machineId }) => machineId));
  const orphans = await inOrganization(async (tx) => {
    const strays: Stray[] = [];
    const over: number[] = [];
    for (const { id, machineId, generation } of marked) {
      const machine = await tx.machines.find(machineId);
      if (!machine && !anybodys.has(machineId)) strays.push({ id, created: OLD });
      else if (machine && isToCome(machine, generation)) strays.push({ id, created: OLD, isAheadOfUs: true });
      else if (machine && !isInUse(machine, generation, id)) over.push(id);
    }
    const before = await tx.sightings.of(connectionId);
    const allOfOurs = marked.length + inUse;
    const { orphans: judged, sighted, braked } = judgeStrays(strays, before, allOfOurs, ports.now());
    if (braked) ports.log.error({ connectionId }, 'so many unknown GitLab runners that none is deleted');
    await tx.sightings.remember(connectionId, [...sighted, ...over], braked);
    // The brake is for what nobody here knows. That these are over is known, however many an outage left behind.
    return [...judged, ...over.filter((id) => before.has(id))];
  });
  for (const id of orphans) {
    ports.log.warn({ connectionId, gitlabRunner: id }, 'an orphaned GitLab runner of ours is deleted');
    await unlessRefused(ports, () => gitlab.delete(id));
  }
}

/**
 * Lists do not show marks: only runners with a name of ours are asked for theirs, and of these none that a living
 * machine is known to use. Those are counted.
 */
async function listMarked(
  { installation, log }: ProvisioningPorts,
  gitlab: GitLabRunners,
  { scopes, inUse }: Awaited<ReturnType<ProvisioningTransaction['pools']['placesOf']>>,
) {
  const marked = new Map<number, { id: number; machineId: string; generation: number }>();
  const used = new Set<number>();
  for (const scope of scopes) {
    const candidates = (await listUnlessClosed(log, gitlab, scope)).filter(({ description }) =>
      isGitLabDescription(description),
    );
    for (const { id } of candidates) {
      if (inUse.has(id)) {
        used.add(id);
        continue;
      }
      const mark = readGitLabMark(installation, (await gitlab.markOf(id)) ?? '');
      if (mark) marked.set(id, { id, ...mark });
    }
  }
  return { marked: [...marked.values()], inUse: used.size };
}

/**
 * A group that its owner has deleted holds nothing more, and in a place that GitLab closes to the token nothing can be
 * removed. Neither must keep the others from being looked at.
 */
async function listUnlessClosed(log: ProvisioningPorts['log'], gitlab: GitLabRunners, scope: GitLabScope) {
  try {
    return await gitlab.list(scope);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.failure === 'not-found') return [];
    if (error.failure !== 'refused') throw error;
    log.warn({ ...scope }, `GitLab refuses to show the runners of a scope: ${error.message}`);
    return [];
  }
}

/**
 * A generation is written down before its GitLab runner is made: where we do not know of it we have forgotten it, and a
 * job of it may run.
 */
const isToCome = (machine: Machine, generation: number): boolean =>
  machine.deletedAt === null && generation > machine.generation;

/** The runner of the machine's generation, or perhaps the one that it is just getting. */
const isInUse = (machine: Machine, generation: number, id: number): boolean =>
  machine.deletedAt === null &&
  machine.generation === generation &&
  (machine.gitlabRunnerId === 0 || machine.gitlabRunnerId === id);
