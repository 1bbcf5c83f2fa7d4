import type { Loop } from '@cleanroom/kernel';
import { reconcileRunner } from '../actions/reconcile-runner.js';
import type { ProvisioningPorts } from '../ports.js';

/** Brings each runner one step nearer to what is wanted. */
export const reconcileRunners: Loop<ProvisioningPorts> = {
  table: 'runner',
  step: reconcileRunner,
  logAs: 'runner',
};
