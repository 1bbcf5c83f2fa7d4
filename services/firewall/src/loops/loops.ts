import type { Loop } from '@cleanroom/kernel';
import type { FirewallPorts } from '../ports.js';
import { keepBaselines } from './keep-baselines.js';
import { keepPolicyFirewalls } from './keep-policy-firewalls.js';
import { verifyProjects } from './verify-projects.js';

/** What this service does by itself. */
export const loops: readonly Loop<FirewallPorts>[] = [keepBaselines, keepPolicyFirewalls, verifyProjects];
