import { refusal } from '@cleanroom/kernel';
import { checkSize } from '../domain/check-pool.js';
import type { Pool } from '../domain/pool.js';
import type { Runner } from '../domain/runner.js';
import type { Answer, ProvisioningPorts } from '../ports.js';
import { addRunners } from './add-runners.js';
import { refuseGrowth } from './refuse-growth.js';
import { retireRunner } from './retire-runner.js';

/** A pool after a resize, and the addresses that it gave up or would give up. */
export interface Resized {
  readonly pool: Pool;
  readonly releasedIps: readonly string[];
}

/** Grows at once, unless a budget is used up; shrinks from the highest seat down, and without `confirm` only says which addresses that would cost. */
export async function resizePool(
  ports: ProvisioningPorts,
  organizationId: string,
  id: string,
  { size, confirm }: { size: number; confirm: boolean },
): Promise<Answer<Resized>> {
  const wrong = checkSize(size, 'size');
  if (wrong.length > 0) return { refusals: wrong };
  return ports.transactions.inOrganization(organizationId, async (tx) => {
    const pool = await tx.pools.lock(id);
    if (!pool || pool.deleted || pool.deleting)
      return { refusals: [refusal('NOT_FOUND', 'No such pool.', 'id')] };
    const staying = (await tx.runners.ofPool(id)).filter(({ retiring }) => !retiring);
    const unpaid = size > staying.length ? await refuseGrowth(tx, id, ports.now(), ['size']) : [];
    if (unpaid.length > 0) return { refusals: unpaid };
    const leaving = bySeatDown(staying).slice(0, Math.max(staying.length - size, 0));
    const releasedIps = leaving.flatMap(({ address }) => (address === null ? [] : [address]));
    if (leaving.length > 0 && !confirm) return { value: { pool, releasedIps } };
    for (const runner of staying.filter((one) => leaving.includes(one)))
      await retireRunner(ports, tx, runner, 'its pool shrinks');
    await addRunners(ports, tx, pool, await tx.runners.ofPool(id), Math.max(size - staying.length, 0));
    return { value: { pool: await tx.pools.change(id, { size }), releasedIps } };
  });
}

const bySeatDown = (runners: readonly Runner[]): Runner[] => [...runners].sort((a, b) => b.seat - a.seat);
