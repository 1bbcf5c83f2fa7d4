import type { ProvisioningPorts, TimelineEntry } from '../ports.js';
import type { RunnerCase } from './reconcile-runner.js';
import { settle } from './settle.js';

/**
 * A budget has refused the order of another runner: this one would be woken, and says why it is not. Once: whenever the
 * budget changes and has no room still, it is held again, with nothing new to tell since.
 */
export async function holdForBudget(ports: ProvisioningPorts, found: RunnerCase): Promise<void> {
  const reason = found.budget.refusedBecause ?? 'the budget is used up';
  const entry: TimelineEntry = { kind: 'BUDGET_EXHAUSTED', message: reason, actor: 'provisioning' };
  await settle(ports, found, {
    runner: { heldByBudget: true, stateReason: reason, trouble: 'BUDGET' },
    also: async ({ timeline }) => {
      const [last] = await timeline.page(found.runner.id, 1, undefined);
      if (last?.kind !== entry.kind || last.message !== entry.message)
        await timeline.add(found.runner.id, entry);
    },
  });
}
