import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { RunnerState, RunnerTrouble, topics } from '@cleanroom/contracts';
import { appendEvent } from '@cleanroom/messaging';
import type { EntityManager } from 'typeorm';
import type { Runner } from '../../domain/runner.js';

interface AroundRunner {
  readonly machine?: { readonly generation: number; readonly gitlabRunnerId: number } | undefined;
  readonly nextTryAt: Date | null;
}

/** Tells everybody what a runner is now. */
export async function appendRunner(
  tx: EntityManager,
  runner: Runner,
  { machine, nextTryAt }: AroundRunner,
): Promise<void> {
  const restsForEver = runner.retiring && (runner.state === 'REQUESTED' || runner.state === 'ASLEEP');
  const pools: { locations: string[] }[] = await tx.query(`SELECT locations FROM pool WHERE id = $1`, [
    runner.poolId,
  ]);
  await appendEvent(tx, topics.runner, {
    runnerId: runner.id,
    organizationId: runner.organizationId,
    poolId: runner.poolId,
    hetznerProjectId: runner.hetznerProjectId,
    version: BigInt(runner.version),
    name: runner.name,
    state: RunnerState[runner.state],
    stateSince: timestampFromDate(runner.stateSince),
    stateReason: runner.stateReason ?? '',
    trouble: RunnerTrouble[runner.trouble ?? 'UNSPECIFIED'],
    seat: runner.seat,
    locations: pools[0]?.locations ?? [],
    machineId: runner.machineId ?? '',
    generation: machine?.generation ?? 0,
    gitlabRunnerId: BigInt(machine?.gitlabRunnerId ?? 0),
    // Only now can nothing need the address any more.
    releaseStaticIp: restsForEver,
    ...(runner.pinnedUntil ? { pinnedUntil: timestampFromDate(runner.pinnedUntil) } : {}),
    ...(nextTryAt ? { nextTryAt: timestampFromDate(nextTryAt) } : {}),
  });
}
