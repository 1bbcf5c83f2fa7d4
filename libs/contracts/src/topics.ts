import type { DescMessage } from '@bufbuild/protobuf';
import { ChangeAuditedSchema } from './generated/cleanroom/audit/v1/audit_pb.js';
import { BudgetChangedSchema } from './generated/cleanroom/billing/v1/budget_pb.js';
import { SpendDecidedSchema } from './generated/cleanroom/billing/v1/spend_pb.js';
import { StaticIpSpendDecidedSchema } from './generated/cleanroom/billing/v1/static_ip_spend_pb.js';
import {
  BaselineFirewallChangedSchema,
  MachineProtectionChangedSchema,
  PoolPoliciesChangedSchema,
} from './generated/cleanroom/firewall/v1/protection_pb.js';
import {
  GitLabConnectionChangedSchema,
  HetznerProjectChangedSchema,
} from './generated/cleanroom/identity/v1/connection_pb.js';
import { MachineIdentityChangedSchema } from './generated/cleanroom/identity/v1/machine_identity_pb.js';
import { OrganizationChangedSchema } from './generated/cleanroom/identity/v1/organization_pb.js';
import { StaticIpChangedSchema } from './generated/cleanroom/identity/v1/static_ip_pb.js';
import { MachineChangedSchema } from './generated/cleanroom/provisioning/v1/machine_pb.js';
import { RunnerPoolChangedSchema } from './generated/cleanroom/provisioning/v1/pool_pb.js';
import { RunnerChangedSchema } from './generated/cleanroom/provisioning/v1/runner_pb.js';
import { CapacityDecidedSchema } from './generated/cleanroom/scheduling/v1/capacity_pb.js';
import { JobChangedSchema } from './generated/cleanroom/scheduling/v1/job_pb.js';

/** The services that speak over the bus. */
export type ServiceName = 'provisioning' | 'identity' | 'firewall' | 'scheduling' | 'billing';

/** One topic: one kind of message, ordered per key. */
export interface Topic<Schema extends DescMessage = DescMessage> {
  /** `cleanroom.<service>.<aggregate>.v1`. */
  readonly name: string;
  readonly schema: Schema;
  /** Names the aggregate in a message: the Kafka key, and the unit of order. */
  readonly key: string;
  readonly producer: ServiceName;
  readonly consumers: readonly ServiceName[];
  /** How many keys go side by side; fixed for ever, because another number moves keys and so breaks their order. */
  readonly partitions: number;
  /** Hours of real time after which a message may be forgotten. */
  readonly retentionHours: number;
  /**
   * Whether the last message of each key is kept for good, so that a reader who is added later learns of what seldom
   * changes. Not where each machine or job is a key of its own: they end, and would only pile up.
   */
  readonly keepsLast: boolean;
}

/** How a topic is stored unless it says otherwise. */
export const topicStorage = { partitions: 8, retentionHours: 7 * 24 } as const;

const topic = <Schema extends DescMessage>(
  definition: Omit<Topic<Schema>, keyof typeof topicStorage>,
): Topic<Schema> => ({ ...topicStorage, ...definition });

/** What identity's audit log is told by another service. */
const audit = <Producer extends ServiceName>(producer: Producer) =>
  topic({
    name: `cleanroom.${producer}.audit.v1`,
    schema: ChangeAuditedSchema,
    key: 'entryId',
    producer,
    consumers: ['identity'],
    keepsLast: false,
  });

/**
 * The map of the backbone. Every message is the whole state of its aggregate after a change and carries
 * `organizationId` and a growing `version`, so that a duplicate or a late event changes nothing.
 */
export const topics = {
  organization: topic({
    name: 'cleanroom.identity.organization.v1',
    schema: OrganizationChangedSchema,
    key: 'organizationId',
    producer: 'identity',
    consumers: ['billing'],
    keepsLast: true,
  }),
  hetznerProject: topic({
    name: 'cleanroom.identity.hetzner-project.v1',
    schema: HetznerProjectChangedSchema,
    key: 'hetznerProjectId',
    producer: 'identity',
    consumers: ['provisioning', 'firewall', 'scheduling', 'billing'],
    keepsLast: true,
  }),
  gitlabConnection: topic({
    name: 'cleanroom.identity.gitlab-connection.v1',
    schema: GitLabConnectionChangedSchema,
    key: 'gitlabConnectionId',
    producer: 'identity',
    consumers: ['provisioning', 'scheduling'],
    keepsLast: true,
  }),
  staticIp: topic({
    name: 'cleanroom.identity.static-ip.v1',
    schema: StaticIpChangedSchema,
    key: 'runnerId',
    producer: 'identity',
    consumers: ['provisioning', 'billing'],
    keepsLast: true,
  }),
  machineIdentity: topic({
    name: 'cleanroom.identity.machine.v1',
    schema: MachineIdentityChangedSchema,
    key: 'machineId',
    producer: 'identity',
    consumers: ['provisioning', 'firewall'],
    keepsLast: false,
  }),
  pool: topic({
    name: 'cleanroom.provisioning.pool.v1',
    schema: RunnerPoolChangedSchema,
    key: 'poolId',
    producer: 'provisioning',
    consumers: ['identity', 'firewall', 'scheduling', 'billing'],
    keepsLast: true,
  }),
  runner: topic({
    name: 'cleanroom.provisioning.runner.v1',
    schema: RunnerChangedSchema,
    key: 'runnerId',
    producer: 'provisioning',
    consumers: ['identity', 'scheduling'],
    keepsLast: true,
  }),
  machine: topic({
    name: 'cleanroom.provisioning.machine.v1',
    schema: MachineChangedSchema,
    key: 'machineId',
    producer: 'provisioning',
    consumers: ['identity', 'firewall', 'billing'],
    keepsLast: false,
  }),
  baselineFirewall: topic({
    name: 'cleanroom.firewall.baseline.v1',
    schema: BaselineFirewallChangedSchema,
    key: 'hetznerProjectId',
    producer: 'firewall',
    consumers: ['provisioning'],
    keepsLast: true,
  }),
  poolPolicies: topic({
    name: 'cleanroom.firewall.pool.v1',
    schema: PoolPoliciesChangedSchema,
    key: 'poolId',
    producer: 'firewall',
    consumers: ['provisioning'],
    keepsLast: true,
  }),
  machineProtection: topic({
    name: 'cleanroom.firewall.machine.v1',
    schema: MachineProtectionChangedSchema,
    key: 'machineId',
    producer: 'firewall',
    consumers: ['provisioning'],
    keepsLast: false,
  }),
  capacity: topic({
    name: 'cleanroom.scheduling.capacity.v1',
    schema: CapacityDecidedSchema,
    key: 'poolId',
    producer: 'scheduling',
    consumers: ['provisioning'],
    keepsLast: true,
  }),
  job: topic({
    name: 'cleanroom.scheduling.job.v1',
    schema: JobChangedSchema,
    key: 'jobId',
    producer: 'scheduling',
    consumers: ['provisioning'],
    keepsLast: false,
  }),
  budget: topic({
    name: 'cleanroom.billing.budget.v1',
    schema: BudgetChangedSchema,
    key: 'scopeId',
    producer: 'billing',
    consumers: ['provisioning', 'identity'],
    keepsLast: true,
  }),
  spend: topic({
    name: 'cleanroom.billing.spend.v1',
    schema: SpendDecidedSchema,
    key: 'machineId',
    producer: 'billing',
    consumers: ['provisioning'],
    keepsLast: false,
  }),
  staticIpSpend: topic({
    name: 'cleanroom.billing.static-ip-spend.v1',
    schema: StaticIpSpendDecidedSchema,
    key: 'runnerId',
    producer: 'billing',
    consumers: ['identity'],
    keepsLast: false,
  }),
  provisioningAudit: audit('provisioning'),
  firewallAudit: audit('firewall'),
  schedulingAudit: audit('scheduling'),
  billingAudit: audit('billing'),
} as const;
