import type { ProvisioningPorts } from '../ports.js';
import type { MachineCase } from './reconcile-runner.js';
import { giveUpOrder } from './refused-order.js';
import { inSeconds } from './settle.js';

const RETRY_SECONDS = 60;

/** No grant, no order: the runner sleeps on, and all of its pool with it, until the budget has room again. */
export const giveUpUnpaid = (
  ports: ProvisioningPorts,
  found: MachineCase,
  why: 'refused' | 'unanswered',
): Promise<void> =>
  giveUpOrder(
    ports,
    found,
    why === 'refused'
      ? {
          reason: found.machine.spendReason ?? 'the budget is used up',
          trouble: 'BUDGET',
          retryAt: null,
          kind: 'BUDGET_EXHAUSTED',
        }
      : {
          reason: 'the budget could not be checked in time',
          retryAt: inSeconds(ports.now(), RETRY_SECONDS),
        },
  );
