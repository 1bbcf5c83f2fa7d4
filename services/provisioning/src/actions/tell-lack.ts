import type { OrderLack } from '../domain/order-lack.js';
import type { ProvisioningPorts } from '../ports.js';
import type { RunnerCase } from './reconcile-runner.js';
import { settle } from './settle.js';

/** A sleeping runner says for want of what it is not ordered, or no longer says so. */
export const tellLack = (
  ports: ProvisioningPorts,
  found: RunnerCase,
  lack: OrderLack | null,
): Promise<void> =>
  settle(ports, found, {
    runner: { stateReason: lack?.reason ?? null, trouble: lack?.trouble ?? null },
  });
