import type { ProvisioningPorts } from '../ports.js';
import type { MachineCase } from './reconcile-runner.js';
import { settle } from './settle.js';

/** Asks billing, by the machine's next event, whether so many hours of its life may be paid. */
export const askHours = (ports: ProvisioningPorts, found: MachineCase, hours: number): Promise<void> =>
  settle(ports, found, { machine: { hoursAsked: hours } });
