import type { Loop } from '@cleanroom/kernel';
import { verifyMachines } from '../actions/verify-machines.js';
import type { FirewallPorts } from '../ports.js';

/** Looks which firewalls are in force on the machines of each Hetzner project. */
export const verifyProjects: Loop<FirewallPorts> = { table: 'verification', step: verifyMachines };
