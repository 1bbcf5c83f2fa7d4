import type { Loop } from '@cleanroom/kernel';
import { keepPolicyFirewall } from '../actions/keep-policy-firewall.js';
import type { FirewallPorts } from '../ports.js';

/** Keeps the firewall of each policy as the policy says. */
export const keepPolicyFirewalls: Loop<FirewallPorts> = {
  table: 'policy_firewall',
  step: keepPolicyFirewall,
};
