import type { Clock } from '@cleanroom/kernel';
import type { Consumer } from '@cleanroom/messaging';
import { onBaselineFirewall } from './on-baseline-firewall.consumer.js';
import { onBudget } from './on-budget.consumer.js';
import { onCapacity } from './on-capacity.consumer.js';
import { onGitLabConnection } from './on-gitlab-connection.consumer.js';
import { onHetznerProject } from './on-hetzner-project.consumer.js';
import { onJob } from './on-job.consumer.js';
import { onMachineIdentity } from './on-machine-identity.consumer.js';
import { onMachineProtection } from './on-machine-protection.consumer.js';
import { onPoolPolicies } from './on-pool-policies.consumer.js';
import { onSpend } from './on-spend.consumer.js';
import { onStaticIp } from './on-static-ip.consumer.js';

/** All that this service hears of others. */
export const consumersOf = (clock: Clock): Consumer[] =>
  [
    onHetznerProject,
    onGitLabConnection,
    onStaticIp,
    onMachineIdentity,
    onMachineProtection,
    onBaselineFirewall,
    onPoolPolicies,
    onCapacity,
    onJob,
    onBudget,
    onSpend,
  ].map((make) => make(clock));
