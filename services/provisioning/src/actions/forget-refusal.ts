import type { ProvisioningPorts } from '../ports.js';
import type { RunnerCase } from './reconcile-runner.js';
import { settle } from './settle.js';

/** The budget may have room again: a sleeping runner no longer says that it has none. */
export const forgetRefusal = (ports: ProvisioningPorts, found: RunnerCase): Promise<void> =>
  settle(ports, found, { runner: { heldByBudget: false, stateReason: null, trouble: null } });
