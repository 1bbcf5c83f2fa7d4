import type { Loop } from '@cleanroom/kernel';
import type { ProvisioningPorts } from '../ports.js';
import { chooseAwakeRunners } from './choose-awake-runners.js';
import { reconcileRunners } from './reconcile-runners.js';
import { sweepOrphans } from './sweep-orphans.js';

/** What this service does by itself. */
export const loops: readonly Loop<ProvisioningPorts>[] = [chooseAwakeRunners, reconcileRunners, sweepOrphans];
