import type { Loop } from '@cleanroom/kernel';
import { keepBaseline } from '../actions/keep-baseline.js';
import type { FirewallPorts } from '../ports.js';

/** Keeps the baseline firewall of each Hetzner project there, and without any rule. */
export const keepBaselines: Loop<FirewallPorts> = { table: 'baseline_firewall', step: keepBaseline };
