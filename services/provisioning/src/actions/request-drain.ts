import { refusal } from '@cleanroom/kernel';
import { nextSleepAfter } from '../domain/paid-hour.js';
import { isAwake, isSupply } from '../domain/runner-state.js';
import type { Runner } from '../domain/runner.js';
import { lockPoolOf } from './lock-pool-of.js';
import type { Answer, ProvisioningPorts, ProvisioningTransaction } from '../ports.js';

/**
 * Has a runner's machine replaced: its job finishes, the machine is deleted; if the runner is still wanted, by its pool or
 * because somebody woke it for longer than this machine's paid hour, it wakes anew.
 */
export async function requestDrain(
  { transactions, now }: ProvisioningPorts,
  organizationId: string,
  id: string,
  actor: string,
): Promise<Answer<Runner>> {
  return transactions.inOrganization(organizationId, async (tx) => {
    await lockPoolOf(tx, id);
    const runner = await tx.runners.find(id);
    if (!runner || runner.state === 'DELETED')
      return { refusals: [refusal('NOT_FOUND', 'No such runner.', 'id')] };
    // Left as it is it would drain what it wakes with.
    if (!isAwake(runner.state))
      return {
        refusals: [refusal('NOT_ALLOWED', 'The runner has no machine that could be replaced.', 'id')],
      };
    const entry = { kind: 'drain', message: 'drained by hand', actor: `user: ${actor}` } as const;
    const unpins = await isPinnedForThisHour(tx, runner, now());
    const patch = { draining: true, ...(unpins ? { pinnedUntil: null } : {}) };
    const changed = await tx.runners.change(runner, patch, entry);
    if (unpins) await tx.pools.makeDue(runner.poolId, now());
    await tx.runners.makeDue(id, now());
    return { value: changed };
  });
}

/**
 * Whether it was woken for no longer than its machine would stay anyway: another one for the rest of that time would
 * cost an hour of its own. Who wakes it while its machine is on its way out means the one that follows.
 */
async function isPinnedForThisHour(
  { machines }: ProvisioningTransaction,
  { pinnedUntil, machineId, state, draining }: Runner,
  now: Date,
): Promise<boolean> {
  if (pinnedUntil === null || machineId === null || draining || !isSupply(state)) return false;
  const machine = await machines.find(machineId);
  return Boolean(machine?.createdAt && pinnedUntil <= nextSleepAfter(machine.createdAt, now));
}
