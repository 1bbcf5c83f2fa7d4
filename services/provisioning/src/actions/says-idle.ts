import { laterOf } from '@cleanroom/kernel';
import { saysIdle } from '../domain/idle-word.js';
import type { ProvisioningPorts } from '../ports.js';
import type { MachineCase } from './reconcile-runner.js';

/** Whether a machine has said, since its runner came into its state, that no job runs there. Its silence while we were deaf is ours. */
export const saysIdleNow = (
  { now, hearingSince }: ProvisioningPorts,
  { runner, machine }: MachineCase,
): boolean => saysIdle(machine, laterOf(runner.stateSince, hearingSince()), now());
