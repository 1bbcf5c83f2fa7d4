import type { Loop } from '@cleanroom/kernel';
import { decideAwakeRunners } from '../actions/decide-awake-runners.js';
import type { ProvisioningPorts } from '../ports.js';

/** Chooses which runners of a pool are awake, whenever something that it depends on has changed. */
export const chooseAwakeRunners: Loop<ProvisioningPorts> = {
  table: 'pool',
  step: decideAwakeRunners,
  logAs: 'pool',
};
