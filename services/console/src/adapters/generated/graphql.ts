/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type AuditActorKind =
  /** A machine for itself: it enrolled, or got a workload token, so one or two entries for each job. */
  | 'MACHINE'
  /** Somebody with an API token or a session of the console, or who made the organisation. */
  | 'PERSON'
  /** Cleanroom by itself: it replaced a static IP that was lost, or locked a machine out. */
  | 'SYSTEM';

/** What is left out is not looked at. */
export type AuditFilter = {
  /** Those whose entries are wanted, at least one; everybody's where it is left out. */
  readonly actorKinds?: ReadonlyArray<AuditActorKind> | null | undefined;
};

export type BudgetAction =
  /** No machine or static IP is ordered and no idle machine kept for another hour. A running job finishes. */
  | 'BLOCK_NEW_MACHINES'
  /** Orders go on; the timeline says that the budget is used up. */
  | 'WARN';

export type ConnectGitLabInput = {
  readonly accessToken: string;
  readonly name: string;
  readonly url: string;
};

export type ConnectHetznerProjectInput = {
  readonly apiToken: string;
  /** Hetzner's own unless the operator has allowed another. */
  readonly endpoint?: string | null | undefined;
  readonly name: string;
};

export type ConnectionStatus =
  | 'CONNECTED'
  | 'CREDENTIALS_INVALID'
  | 'UNREACHABLE';

export type CreateRunnerPoolInput = {
  readonly freshMachine?: FreshMachine;
  readonly gitlabConnectionId: string | number;
  readonly hetznerProjectId: string | number;
  readonly idleTimeout?: string;
  readonly image?: string;
  readonly locations: ReadonlyArray<string>;
  readonly maxMachineAge?: string;
  readonly name: string;
  /** Whether its runners take jobs of protected branches and tags only. */
  readonly protectedOnly?: boolean;
  readonly runUntagged?: boolean;
  readonly scope: GitLabScopeInput;
  readonly serverTypes: ReadonlyArray<string>;
  readonly size: number;
  readonly tags?: ReadonlyArray<string>;
};

export type DayOfWeek =
  | 'FRIDAY'
  | 'MONDAY'
  | 'SATURDAY'
  | 'SUNDAY'
  | 'THURSDAY'
  | 'TUESDAY'
  | 'WEDNESDAY';

export type FirewallPolicyInput = {
  /** Opens the Hetzner firewall only: the machine's own packet filter still lets nothing in. */
  readonly inbound?: ReadonlyArray<FirewallRuleInput>;
  readonly name: string;
  readonly outbound?: ReadonlyArray<FirewallRuleInput>;
};

export type FirewallRuleInput = {
  readonly cidrs: ReadonlyArray<string>;
  readonly description?: string | null | undefined;
  readonly ports?: string | null | undefined;
  readonly protocol: Protocol;
};

export type FreshMachine =
  | 'EVERY_JOB'
  | 'EVERY_START';

export type GitLabScopeInput = {
  readonly fullPath?: string | null | undefined;
  readonly kind: GitLabScopeKind;
};

export type GitLabScopeKind =
  | 'GROUP'
  | 'INSTANCE'
  | 'PROJECT';

export type HolidayInput = {
  readonly date: string;
  readonly name: string;
};

export type MoneyInput = {
  readonly amount: string;
  readonly currency: string;
};

export type PolicyStatus =
  /** Nothing is left to do: it was seen in force as it says on every machine whose pool has it, or none ever had it. */
  | 'APPLIED'
  /** Somebody else changed one of its firewalls, or took it off a server; it is being set right. */
  | 'DRIFTED'
  /** Where a pool has the policy, its firewall is not yet as the policy says, or a machine was not yet seen with it in force. */
  | 'PENDING';

export type Protocol =
  | 'ESP'
  | 'GRE'
  | 'ICMP'
  | 'TCP'
  | 'UDP';

export type Role =
  /** Reads; wakes, drains, pauses, resizes and overrides schedules. */
  | 'OPERATOR'
  /** May do everything. */
  | 'OWNER'
  /** Reads. */
  | 'VIEWER';

export type RunnerState =
  | 'ASLEEP'
  | 'BUSY'
  | 'CLEANING'
  | 'DELETED'
  | 'DRAINING'
  | 'ENROLLING'
  | 'FAILED'
  | 'IDLE'
  | 'REQUESTED'
  | 'STARTING'
  | 'STOPPING';

export type ScheduleInput = {
  /** A country such as DE, or a part of one such as DE-BY, whose public holidays count as well. */
  readonly holidayCountry?: string | null | undefined;
  readonly holidays?: ReadonlyArray<HolidayInput>;
  readonly name: string;
  readonly timeZone: string;
  readonly windows: ReadonlyArray<WorkingWindowInput>;
};

export type StaticIpStatus =
  | 'ACTIVE'
  | 'QUARANTINED'
  | 'RELEASING'
  | 'RESERVING';

export type UpdateRunnerPoolInput = {
  readonly freshMachine?: FreshMachine | null | undefined;
  readonly id: string | number;
  readonly idleTimeout?: string | null | undefined;
  readonly image?: string | null | undefined;
  readonly locations?: ReadonlyArray<string> | null | undefined;
  readonly maxMachineAge?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly protectedOnly?: boolean | null | undefined;
  readonly runUntagged?: boolean | null | undefined;
  readonly serverTypes?: ReadonlyArray<string> | null | undefined;
  readonly tags?: ReadonlyArray<string> | null | undefined;
};

export type UserErrorCode =
  | 'ALREADY_EXISTS'
  | 'BUDGET_EXHAUSTED'
  | 'CONFLICT'
  | 'CREDENTIALS_INVALID'
  | 'INVALID'
  | 'IN_USE'
  | 'LIMIT_EXCEEDED'
  | 'NOT_ALLOWED'
  | 'NOT_FOUND';

export type WaitingCode =
  | 'BUDGET_EXHAUSTED'
  | 'CREDENTIALS_INVALID'
  /** Or none that takes jobs of its branch or tag. */
  | 'NO_POOL_MATCHES'
  /** As many jobs as its pool has runners come before it. */
  | 'OUTSIDE_SIZE'
  | 'PAUSED'
  | 'SOLD_OUT'
  /** A runner for it is there, on its way, or about to be. */
  | 'STARTING';

export type WorkingWindowInput = {
  readonly days: ReadonlyArray<DayOfWeek>;
  readonly end: string;
  readonly start: string;
  readonly warm: number;
};

export type ApiTokensQueryVariables = Exact<{ [key: string]: never; }>;


export type ApiTokensQuery = { readonly viewer: { readonly organization: { readonly apiTokens: ReadonlyArray<{ readonly id: string, readonly name: string, readonly role: Role, readonly createdAt: string, readonly lastUsedAt: string | null, readonly expiresAt: string | null }> | null } } | null };

export type AuditLogQueryVariables = Exact<{
  after?: string | null | undefined;
  filter?: AuditFilter | null | undefined;
}>;


export type AuditLogQuery = { readonly viewer: { readonly organization: { readonly auditLog: { readonly nodes: ReadonlyArray<{ readonly at: string, readonly actor: string, readonly action: string, readonly target: string | null, readonly outcome: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null } } | null };

export type StaticIpsQueryVariables = Exact<{ [key: string]: never; }>;


export type StaticIpsQuery = { readonly staticIps: ReadonlyArray<{ readonly address: string | null, readonly location: string, readonly leasedSince: string | null, readonly status: StaticIpStatus }> | null };

export type StaticIpsOfPoolQueryVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type StaticIpsOfPoolQuery = { readonly runnerPool: { readonly runners: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly staticIp: { readonly address: string | null, readonly location: string, readonly leasedSince: string | null, readonly status: StaticIpStatus } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type AddressFragment = { readonly address: string | null, readonly location: string, readonly leasedSince: string | null, readonly status: StaticIpStatus };

export type CreateApiTokenMutationVariables = Exact<{
  name: string;
  role: Role;
  expiresAt?: string | null | undefined;
}>;


export type CreateApiTokenMutation = { readonly createApiToken: { readonly secret: string | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type RevokeApiTokenMutationVariables = Exact<{
  id: string | number;
}>;


export type RevokeApiTokenMutation = { readonly revokeApiToken: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type ConnectionsQueryVariables = Exact<{ [key: string]: never; }>;


export type ConnectionsQuery = { readonly viewer: { readonly organization: { readonly hetznerProjects: ReadonlyArray<{ readonly id: string, readonly name: string, readonly status: ConnectionStatus, readonly lastCheckedAt: string | null }>, readonly gitlabConnections: ReadonlyArray<{ readonly id: string, readonly name: string, readonly status: ConnectionStatus, readonly url: string }> } } | null };

export type ConnectHetznerProjectMutationVariables = Exact<{
  input: ConnectHetznerProjectInput;
}>;


export type ConnectHetznerProjectMutation = { readonly connectHetznerProject: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type ConnectGitLabMutationVariables = Exact<{
  input: ConnectGitLabInput;
}>;


export type ConnectGitLabMutation = { readonly connectGitLab: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type UpdateHetznerProjectMutationVariables = Exact<{
  id: string | number;
  name?: string | null | undefined;
  apiToken?: string | null | undefined;
}>;


export type UpdateHetznerProjectMutation = { readonly updateHetznerProject: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type UpdateGitLabMutationVariables = Exact<{
  id: string | number;
  name?: string | null | undefined;
  accessToken?: string | null | undefined;
}>;


export type UpdateGitLabMutation = { readonly updateGitLab: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type DisconnectHetznerProjectMutationVariables = Exact<{
  id: string | number;
}>;


export type DisconnectHetznerProjectMutation = { readonly disconnectHetznerProject: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type DisconnectGitLabMutationVariables = Exact<{
  id: string | number;
}>;


export type DisconnectGitLabMutation = { readonly disconnectGitLab: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type CostOfAllQueryVariables = Exact<{
  from: string;
  to: string;
}>;


export type CostOfAllQuery = { readonly costReport: { readonly estimated: boolean, readonly savedPercent: number, readonly total: { readonly amount: string, readonly currency: string }, readonly machines: { readonly amount: string, readonly currency: string }, readonly staticIps: { readonly amount: string, readonly currency: string }, readonly alwaysOnBaseline: { readonly amount: string, readonly currency: string }, readonly saved: { readonly amount: string, readonly currency: string }, readonly perDay: ReadonlyArray<{ readonly date: string, readonly cost: { readonly amount: string, readonly currency: string }, readonly baseline: { readonly amount: string, readonly currency: string } }> } | null };

export type CostOfPoolQueryVariables = Exact<{
  id: string | number;
  from: string;
  to: string;
}>;


export type CostOfPoolQuery = { readonly runnerPool: { readonly cost: { readonly estimated: boolean, readonly savedPercent: number, readonly total: { readonly amount: string, readonly currency: string }, readonly machines: { readonly amount: string, readonly currency: string }, readonly staticIps: { readonly amount: string, readonly currency: string }, readonly alwaysOnBaseline: { readonly amount: string, readonly currency: string }, readonly saved: { readonly amount: string, readonly currency: string }, readonly perDay: ReadonlyArray<{ readonly date: string, readonly cost: { readonly amount: string, readonly currency: string }, readonly baseline: { readonly amount: string, readonly currency: string } }> } | null } | null };

export type CostByPoolQueryVariables = Exact<{
  from: string;
  to: string;
}>;


export type CostByPoolQuery = { readonly runnerPools: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly cost: { readonly savedPercent: number, readonly total: { readonly amount: string, readonly currency: string }, readonly alwaysOnBaseline: { readonly amount: string, readonly currency: string } } | null }> } | null };

export type BudgetsQueryVariables = Exact<{ [key: string]: never; }>;


export type BudgetsQuery = { readonly viewer: { readonly organization: { readonly id: string, readonly name: string, readonly budget: { readonly onExhausted: BudgetAction, readonly limit: { readonly amount: string, readonly currency: string }, readonly spent: { readonly amount: string, readonly currency: string }, readonly reserved: { readonly amount: string, readonly currency: string }, readonly forecast: { readonly amount: string, readonly currency: string } } | null } } | null, readonly runnerPools: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly budget: { readonly onExhausted: BudgetAction, readonly limit: { readonly amount: string, readonly currency: string }, readonly spent: { readonly amount: string, readonly currency: string }, readonly reserved: { readonly amount: string, readonly currency: string }, readonly forecast: { readonly amount: string, readonly currency: string } } | null }> } | null };

export type ReportFragment = { readonly estimated: boolean, readonly savedPercent: number, readonly total: { readonly amount: string, readonly currency: string }, readonly machines: { readonly amount: string, readonly currency: string }, readonly staticIps: { readonly amount: string, readonly currency: string }, readonly alwaysOnBaseline: { readonly amount: string, readonly currency: string }, readonly saved: { readonly amount: string, readonly currency: string }, readonly perDay: ReadonlyArray<{ readonly date: string, readonly cost: { readonly amount: string, readonly currency: string }, readonly baseline: { readonly amount: string, readonly currency: string } }> };

export type StandingFragment = { readonly onExhausted: BudgetAction, readonly limit: { readonly amount: string, readonly currency: string }, readonly spent: { readonly amount: string, readonly currency: string }, readonly reserved: { readonly amount: string, readonly currency: string }, readonly forecast: { readonly amount: string, readonly currency: string } };

export type AmountFragment = { readonly amount: string, readonly currency: string };

export type SetBudgetMutationVariables = Exact<{
  poolId?: string | number | null | undefined;
  limit: MoneyInput;
  onExhausted: BudgetAction;
}>;


export type SetBudgetMutation = { readonly setBudget: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type RemoveBudgetMutationVariables = Exact<{
  poolId?: string | number | null | undefined;
}>;


export type RemoveBudgetMutation = { readonly removeBudget: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type PoliciesQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type PoliciesQuery = { readonly firewallPolicies: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly status: PolicyStatus, readonly driftedAt: string | null, readonly inbound: ReadonlyArray<{ readonly protocol: Protocol, readonly ports: string | null, readonly cidrs: ReadonlyArray<string>, readonly description: string | null }>, readonly outbound: ReadonlyArray<{ readonly protocol: Protocol, readonly ports: string | null, readonly cidrs: ReadonlyArray<string>, readonly description: string | null }>, readonly pools: ReadonlyArray<{ readonly id: string, readonly name: string } | null> | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type RuleFragment = { readonly protocol: Protocol, readonly ports: string | null, readonly cidrs: ReadonlyArray<string>, readonly description: string | null };

export type PoolNamesQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type PoolNamesQuery = { readonly runnerPools: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type CreatePolicyMutationVariables = Exact<{
  input: FirewallPolicyInput;
}>;


export type CreatePolicyMutation = { readonly createFirewallPolicy: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type UpdatePolicyMutationVariables = Exact<{
  id: string | number;
  input: FirewallPolicyInput;
}>;


export type UpdatePolicyMutation = { readonly updateFirewallPolicy: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type DeletePolicyMutationVariables = Exact<{
  id: string | number;
}>;


export type DeletePolicyMutation = { readonly deleteFirewallPolicy: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type AssignPolicyMutationVariables = Exact<{
  policyId: string | number;
  poolId: string | number;
}>;


export type AssignPolicyMutation = { readonly assignFirewallPolicy: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type UnassignPolicyMutationVariables = Exact<{
  policyId: string | number;
  poolId: string | number;
}>;


export type UnassignPolicyMutation = { readonly unassignFirewallPolicy: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type PoolsQueryVariables = Exact<{
  after?: string | null | undefined;
  from: string;
  to: string;
}>;


export type PoolsQuery = { readonly runnerPools: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly size: number, readonly serverTypes: ReadonlyArray<string>, readonly locations: ReadonlyArray<string>, readonly paused: boolean, readonly deleting: boolean, readonly stateCounts: ReadonlyArray<{ readonly state: RunnerState, readonly count: number }>, readonly capacity: { readonly wanted: number, readonly queued: number, readonly because: string } | null, readonly cost: { readonly total: { readonly amount: string, readonly currency: string } } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type RunnersQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type RunnersQuery = { readonly runners: { readonly totalCount: number, readonly changeCursor: string, readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly state: RunnerState, readonly stateSince: string, readonly stateReason: string | null, readonly retryAt: string | null, readonly pool: { readonly id: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type SeatFragment = { readonly id: string, readonly name: string, readonly state: RunnerState, readonly stateSince: string, readonly stateReason: string | null, readonly retryAt: string | null, readonly pool: { readonly id: string } };

export type RunnerChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type RunnerChangesSubscription = { readonly runnerChanged: { readonly cursor: string, readonly runner: { readonly id: string, readonly name: string, readonly state: RunnerState, readonly stateSince: string, readonly stateReason: string | null, readonly retryAt: string | null, readonly pool: { readonly id: string } } } };

export type WaitingJobsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type WaitingJobsQuery = { readonly jobs: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly gitlabJobId: string, readonly url: string | null, readonly name: string, readonly projectPath: string, readonly queuedAt: string, readonly waitingBecause: string | null, readonly waitingCode: WaitingCode | null, readonly nextTryAt: string | null, readonly pool: { readonly id: string, readonly name: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type RunningJobsQueryVariables = Exact<{ [key: string]: never; }>;


export type RunningJobsQuery = { readonly jobs: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly gitlabJobId: string, readonly url: string | null, readonly name: string, readonly projectPath: string, readonly queuedAt: string, readonly startedAt: string | null, readonly runner: { readonly id: string, readonly name: string } | null }> } | null };

export type JobChangesSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type JobChangesSubscription = { readonly jobChanged: { readonly cursor: string } };

export type PoolQueryVariables = Exact<{
  id: string | number;
  from: string;
  to: string;
}>;


export type PoolQuery = { readonly runnerPool: { readonly id: string, readonly name: string, readonly size: number, readonly tags: ReadonlyArray<string>, readonly runUntagged: boolean, readonly protectedOnly: boolean, readonly serverTypes: ReadonlyArray<string>, readonly locations: ReadonlyArray<string>, readonly image: string, readonly freshMachine: FreshMachine, readonly idleTimeout: string, readonly maxMachineAge: string, readonly paused: boolean, readonly deleting: boolean, readonly scope: { readonly kind: GitLabScopeKind, readonly fullPath: string | null }, readonly stateCounts: ReadonlyArray<{ readonly state: RunnerState, readonly count: number }>, readonly gitlab: { readonly id: string, readonly name: string } | null, readonly hetznerProject: { readonly id: string, readonly name: string } | null, readonly capacity: { readonly wanted: number, readonly queued: number, readonly because: string } | null, readonly schedule: { readonly id: string, readonly name: string } | null, readonly firewallPolicies: ReadonlyArray<{ readonly id: string, readonly name: string }> | null, readonly cost: { readonly total: { readonly amount: string, readonly currency: string } } | null } | null };

export type CreatePoolMutationVariables = Exact<{
  input: CreateRunnerPoolInput;
}>;


export type CreatePoolMutation = { readonly createRunnerPool: { readonly runnerPool: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type UpdatePoolMutationVariables = Exact<{
  input: UpdateRunnerPoolInput;
}>;


export type UpdatePoolMutation = { readonly updateRunnerPool: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type ResizePoolMutationVariables = Exact<{
  id: string | number;
  size: number;
  confirm: boolean;
}>;


export type ResizePoolMutation = { readonly resizeRunnerPool: { readonly releasedIps: ReadonlyArray<string>, readonly runnerPool: { readonly size: number } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type PausePoolMutationVariables = Exact<{
  id: string | number;
  paused: boolean;
}>;


export type PausePoolMutation = { readonly pauseRunnerPool: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type DeletePoolMutationVariables = Exact<{
  id: string | number;
}>;


export type DeletePoolMutation = { readonly deleteRunnerPool: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type RunnerQueryVariables = Exact<{
  id: string | number;
  first: number;
}>;


export type RunnerQuery = { readonly runner: { readonly id: string, readonly name: string, readonly state: RunnerState, readonly stateSince: string, readonly stateReason: string | null, readonly retryAt: string | null, readonly pool: { readonly id: string, readonly name: string, readonly paused: boolean, readonly deleting: boolean, readonly freshMachine: FreshMachine }, readonly machine: { readonly id: string, readonly generation: number, readonly serverId: string | null, readonly serverType: string, readonly location: string, readonly orderedAt: string, readonly readyAt: string | null, readonly deletedAt: string | null, readonly paidUntil: string | null } | null, readonly machines: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly generation: number, readonly serverId: string | null, readonly serverType: string, readonly location: string, readonly orderedAt: string, readonly readyAt: string | null, readonly deletedAt: string | null, readonly paidUntil: string | null }> }, readonly timeline: { readonly nodes: ReadonlyArray<{ readonly at: string, readonly kind: string, readonly message: string, readonly actor: string }>, readonly pageInfo: { readonly hasNextPage: boolean } }, readonly staticIp: { readonly address: string | null, readonly location: string, readonly leasedSince: string | null, readonly status: StaticIpStatus } | null, readonly identity: { readonly issuer: string, readonly subject: string, readonly lastTokenIssuedAt: string | null } | null, readonly firewall: { readonly protected: boolean, readonly verifiedAt: string | null, readonly policies: ReadonlyArray<{ readonly id: string, readonly name: string }> } | null, readonly currentJob: { readonly id: string, readonly name: string, readonly projectPath: string, readonly gitlabJobId: string, readonly url: string | null, readonly startedAt: string | null } | null, readonly costToDate: { readonly amount: string, readonly currency: string } | null } | null };

export type MachineLifeFragment = { readonly id: string, readonly generation: number, readonly serverId: string | null, readonly serverType: string, readonly location: string, readonly orderedAt: string, readonly readyAt: string | null, readonly deletedAt: string | null, readonly paidUntil: string | null };

export type RefusalFragment = { readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null };

export type WakeRunnerMutationVariables = Exact<{
  id: string | number;
  until?: string | null | undefined;
}>;


export type WakeRunnerMutation = { readonly wakeRunner: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type DrainRunnerMutationVariables = Exact<{
  id: string | number;
}>;


export type DrainRunnerMutation = { readonly drainRunner: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type SchedulesQueryVariables = Exact<{ [key: string]: never; }>;


export type SchedulesQuery = { readonly schedules: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly timeZone: string, readonly holidayCountry: string | null, readonly windows: ReadonlyArray<{ readonly days: ReadonlyArray<DayOfWeek>, readonly start: string, readonly end: string, readonly warm: number }>, readonly holidays: ReadonlyArray<{ readonly date: string, readonly name: string }>, readonly overrides: ReadonlyArray<{ readonly id: string, readonly from: string, readonly to: string, readonly warm: number, readonly reason: string }>, readonly next: ReadonlyArray<{ readonly at: string, readonly warm: number, readonly because: string }> }> } | null };

export type SchedulesOfPoolsQueryVariables = Exact<{ [key: string]: never; }>;


export type SchedulesOfPoolsQuery = { readonly runnerPools: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly schedule: { readonly id: string } | null }> } | null };

export type CreateScheduleMutationVariables = Exact<{
  input: ScheduleInput;
}>;


export type CreateScheduleMutation = { readonly createSchedule: { readonly schedule: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type UpdateScheduleMutationVariables = Exact<{
  id: string | number;
  input: ScheduleInput;
}>;


export type UpdateScheduleMutation = { readonly updateSchedule: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type DeleteScheduleMutationVariables = Exact<{
  id: string | number;
}>;


export type DeleteScheduleMutation = { readonly deleteSchedule: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type AssignScheduleMutationVariables = Exact<{
  scheduleId?: string | number | null | undefined;
  poolId: string | number;
}>;


export type AssignScheduleMutation = { readonly assignSchedule: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type OverrideScheduleMutationVariables = Exact<{
  id: string | number;
  from: string;
  to: string;
  warm: number;
  reason: string;
}>;


export type OverrideScheduleMutation = { readonly overrideSchedule: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export type RemoveOverrideMutationVariables = Exact<{
  id: string | number;
}>;


export type RemoveOverrideMutation = { readonly removeOverride: { readonly userErrors: ReadonlyArray<{ readonly code: UserErrorCode, readonly message: string, readonly path: ReadonlyArray<string> | null }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const AddressFragmentDoc = new TypedDocumentString(`
    fragment Address on StaticIp {
  address
  location
  leasedSince
  status
}
    `, {"fragmentName":"Address"}) as unknown as TypedDocumentString<AddressFragment, unknown>;
export const AmountFragmentDoc = new TypedDocumentString(`
    fragment Amount on Money {
  amount
  currency
}
    `, {"fragmentName":"Amount"}) as unknown as TypedDocumentString<AmountFragment, unknown>;
export const ReportFragmentDoc = new TypedDocumentString(`
    fragment Report on CostReport {
  estimated
  total {
    ...Amount
  }
  machines {
    ...Amount
  }
  staticIps {
    ...Amount
  }
  alwaysOnBaseline {
    ...Amount
  }
  saved {
    ...Amount
  }
  savedPercent
  perDay {
    date
    cost {
      ...Amount
    }
    baseline {
      ...Amount
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}`, {"fragmentName":"Report"}) as unknown as TypedDocumentString<ReportFragment, unknown>;
export const StandingFragmentDoc = new TypedDocumentString(`
    fragment Standing on Budget {
  limit {
    ...Amount
  }
  spent {
    ...Amount
  }
  reserved {
    ...Amount
  }
  forecast {
    ...Amount
  }
  onExhausted
}
    fragment Amount on Money {
  amount
  currency
}`, {"fragmentName":"Standing"}) as unknown as TypedDocumentString<StandingFragment, unknown>;
export const RuleFragmentDoc = new TypedDocumentString(`
    fragment Rule on FirewallRule {
  protocol
  ports
  cidrs
  description
}
    `, {"fragmentName":"Rule"}) as unknown as TypedDocumentString<RuleFragment, unknown>;
export const SeatFragmentDoc = new TypedDocumentString(`
    fragment Seat on Runner {
  id
  name
  state
  stateSince
  stateReason
  retryAt
  pool {
    id
  }
}
    `, {"fragmentName":"Seat"}) as unknown as TypedDocumentString<SeatFragment, unknown>;
export const MachineLifeFragmentDoc = new TypedDocumentString(`
    fragment MachineLife on Machine {
  id
  generation
  serverId
  serverType
  location
  orderedAt
  readyAt
  deletedAt
  paidUntil
}
    `, {"fragmentName":"MachineLife"}) as unknown as TypedDocumentString<MachineLifeFragment, unknown>;
export const RefusalFragmentDoc = new TypedDocumentString(`
    fragment Refusal on UserError {
  code
  message
  path
}
    `, {"fragmentName":"Refusal"}) as unknown as TypedDocumentString<RefusalFragment, unknown>;
export const ApiTokensDocument = new TypedDocumentString(`
    query ApiTokens {
  viewer {
    organization {
      apiTokens {
        id
        name
        role
        createdAt
        lastUsedAt
        expiresAt
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ApiTokensQuery, ApiTokensQueryVariables>;
export const AuditLogDocument = new TypedDocumentString(`
    query AuditLog($after: Cursor, $filter: AuditFilter) {
  viewer {
    organization {
      auditLog(first: 50, after: $after, filter: $filter) {
        nodes {
          at
          actor
          action
          target
          outcome
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AuditLogQuery, AuditLogQueryVariables>;
export const StaticIpsDocument = new TypedDocumentString(`
    query StaticIps {
  staticIps {
    ...Address
  }
}
    fragment Address on StaticIp {
  address
  location
  leasedSince
  status
}`) as unknown as TypedDocumentString<StaticIpsQuery, StaticIpsQueryVariables>;
export const StaticIpsOfPoolDocument = new TypedDocumentString(`
    query StaticIpsOfPool($id: ID!, $after: Cursor) {
  runnerPool(id: $id) {
    runners(first: 100, after: $after) {
      nodes {
        staticIp {
          ...Address
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
}
    fragment Address on StaticIp {
  address
  location
  leasedSince
  status
}`) as unknown as TypedDocumentString<StaticIpsOfPoolQuery, StaticIpsOfPoolQueryVariables>;
export const CreateApiTokenDocument = new TypedDocumentString(`
    mutation CreateApiToken($name: String!, $role: Role!, $expiresAt: DateTime) {
  createApiToken(name: $name, role: $role, expiresAt: $expiresAt) {
    secret
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<CreateApiTokenMutation, CreateApiTokenMutationVariables>;
export const RevokeApiTokenDocument = new TypedDocumentString(`
    mutation RevokeApiToken($id: ID!) {
  revokeApiToken(id: $id) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<RevokeApiTokenMutation, RevokeApiTokenMutationVariables>;
export const ConnectionsDocument = new TypedDocumentString(`
    query Connections {
  viewer {
    organization {
      hetznerProjects {
        id
        name
        status
        lastCheckedAt
      }
      gitlabConnections {
        id
        name
        status
        url
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ConnectionsQuery, ConnectionsQueryVariables>;
export const ConnectHetznerProjectDocument = new TypedDocumentString(`
    mutation ConnectHetznerProject($input: ConnectHetznerProjectInput!) {
  connectHetznerProject(input: $input) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<ConnectHetznerProjectMutation, ConnectHetznerProjectMutationVariables>;
export const ConnectGitLabDocument = new TypedDocumentString(`
    mutation ConnectGitLab($input: ConnectGitLabInput!) {
  connectGitLab(input: $input) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<ConnectGitLabMutation, ConnectGitLabMutationVariables>;
export const UpdateHetznerProjectDocument = new TypedDocumentString(`
    mutation UpdateHetznerProject($id: ID!, $name: String, $apiToken: String) {
  updateHetznerProject(id: $id, name: $name, apiToken: $apiToken) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<UpdateHetznerProjectMutation, UpdateHetznerProjectMutationVariables>;
export const UpdateGitLabDocument = new TypedDocumentString(`
    mutation UpdateGitLab($id: ID!, $name: String, $accessToken: String) {
  updateGitLab(id: $id, name: $name, accessToken: $accessToken) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<UpdateGitLabMutation, UpdateGitLabMutationVariables>;
export const DisconnectHetznerProjectDocument = new TypedDocumentString(`
    mutation DisconnectHetznerProject($id: ID!) {
  disconnectHetznerProject(id: $id) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<DisconnectHetznerProjectMutation, DisconnectHetznerProjectMutationVariables>;
export const DisconnectGitLabDocument = new TypedDocumentString(`
    mutation DisconnectGitLab($id: ID!) {
  disconnectGitLab(id: $id) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<DisconnectGitLabMutation, DisconnectGitLabMutationVariables>;
export const CostOfAllDocument = new TypedDocumentString(`
    query CostOfAll($from: DateTime!, $to: DateTime!) {
  costReport(from: $from, to: $to) {
    ...Report
  }
}
    fragment Report on CostReport {
  estimated
  total {
    ...Amount
  }
  machines {
    ...Amount
  }
  staticIps {
    ...Amount
  }
  alwaysOnBaseline {
    ...Amount
  }
  saved {
    ...Amount
  }
  savedPercent
  perDay {
    date
    cost {
      ...Amount
    }
    baseline {
      ...Amount
    }
  }
}
fragment Amount on Money {
  amount
  currency
}`) as unknown as TypedDocumentString<CostOfAllQuery, CostOfAllQueryVariables>;
export const CostOfPoolDocument = new TypedDocumentString(`
    query CostOfPool($id: ID!, $from: DateTime!, $to: DateTime!) {
  runnerPool(id: $id) {
    cost(from: $from, to: $to) {
      ...Report
    }
  }
}
    fragment Report on CostReport {
  estimated
  total {
    ...Amount
  }
  machines {
    ...Amount
  }
  staticIps {
    ...Amount
  }
  alwaysOnBaseline {
    ...Amount
  }
  saved {
    ...Amount
  }
  savedPercent
  perDay {
    date
    cost {
      ...Amount
    }
    baseline {
      ...Amount
    }
  }
}
fragment Amount on Money {
  amount
  currency
}`) as unknown as TypedDocumentString<CostOfPoolQuery, CostOfPoolQueryVariables>;
export const CostByPoolDocument = new TypedDocumentString(`
    query CostByPool($from: DateTime!, $to: DateTime!) {
  runnerPools(first: 100) {
    nodes {
      id
      name
      cost(from: $from, to: $to) {
        total {
          ...Amount
        }
        alwaysOnBaseline {
          ...Amount
        }
        savedPercent
      }
    }
  }
}
    fragment Amount on Money {
  amount
  currency
}`) as unknown as TypedDocumentString<CostByPoolQuery, CostByPoolQueryVariables>;
export const BudgetsDocument = new TypedDocumentString(`
    query Budgets {
  viewer {
    organization {
      id
      name
      budget {
        ...Standing
      }
    }
  }
  runnerPools(first: 100) {
    nodes {
      id
      name
      budget {
        ...Standing
      }
    }
  }
}
    fragment Standing on Budget {
  limit {
    ...Amount
  }
  spent {
    ...Amount
  }
  reserved {
    ...Amount
  }
  forecast {
    ...Amount
  }
  onExhausted
}
fragment Amount on Money {
  amount
  currency
}`) as unknown as TypedDocumentString<BudgetsQuery, BudgetsQueryVariables>;
export const SetBudgetDocument = new TypedDocumentString(`
    mutation SetBudget($poolId: ID, $limit: MoneyInput!, $onExhausted: BudgetAction!) {
  setBudget(poolId: $poolId, limit: $limit, onExhausted: $onExhausted) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<SetBudgetMutation, SetBudgetMutationVariables>;
export const RemoveBudgetDocument = new TypedDocumentString(`
    mutation RemoveBudget($poolId: ID) {
  removeBudget(poolId: $poolId) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<RemoveBudgetMutation, RemoveBudgetMutationVariables>;
export const PoliciesDocument = new TypedDocumentString(`
    query Policies($after: Cursor) {
  firewallPolicies(first: 100, after: $after) {
    nodes {
      id
      name
      status
      driftedAt
      inbound {
        ...Rule
      }
      outbound {
        ...Rule
      }
      pools {
        id
        name
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
  }
}
    fragment Rule on FirewallRule {
  protocol
  ports
  cidrs
  description
}`) as unknown as TypedDocumentString<PoliciesQuery, PoliciesQueryVariables>;
export const PoolNamesDocument = new TypedDocumentString(`
    query PoolNames($after: Cursor) {
  runnerPools(first: 100, after: $after) {
    nodes {
      id
      name
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
  }
}
    `) as unknown as TypedDocumentString<PoolNamesQuery, PoolNamesQueryVariables>;
export const CreatePolicyDocument = new TypedDocumentString(`
    mutation CreatePolicy($input: FirewallPolicyInput!) {
  createFirewallPolicy(input: $input) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<CreatePolicyMutation, CreatePolicyMutationVariables>;
export const UpdatePolicyDocument = new TypedDocumentString(`
    mutation UpdatePolicy($id: ID!, $input: FirewallPolicyInput!) {
  updateFirewallPolicy(id: $id, input: $input) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<UpdatePolicyMutation, UpdatePolicyMutationVariables>;
export const DeletePolicyDocument = new TypedDocumentString(`
    mutation DeletePolicy($id: ID!) {
  deleteFirewallPolicy(id: $id) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<DeletePolicyMutation, DeletePolicyMutationVariables>;
export const AssignPolicyDocument = new TypedDocumentString(`
    mutation AssignPolicy($policyId: ID!, $poolId: ID!) {
  assignFirewallPolicy(policyId: $policyId, poolId: $poolId) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<AssignPolicyMutation, AssignPolicyMutationVariables>;
export const UnassignPolicyDocument = new TypedDocumentString(`
    mutation UnassignPolicy($policyId: ID!, $poolId: ID!) {
  unassignFirewallPolicy(policyId: $policyId, poolId: $poolId) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<UnassignPolicyMutation, UnassignPolicyMutationVariables>;
export const PoolsDocument = new TypedDocumentString(`
    query Pools($after: Cursor, $from: DateTime!, $to: DateTime!) {
  runnerPools(first: 100, after: $after) {
    nodes {
      id
      name
      size
      serverTypes
      locations
      paused
      deleting
      stateCounts {
        state
        count
      }
      capacity {
        wanted
        queued
        because
      }
      cost(from: $from, to: $to) {
        total {
          amount
          currency
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
  }
}
    `) as unknown as TypedDocumentString<PoolsQuery, PoolsQueryVariables>;
export const RunnersDocument = new TypedDocumentString(`
    query Runners($after: Cursor) {
  runners(first: 100, after: $after) {
    nodes {
      ...Seat
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
    changeCursor
  }
}
    fragment Seat on Runner {
  id
  name
  state
  stateSince
  stateReason
  retryAt
  pool {
    id
  }
}`) as unknown as TypedDocumentString<RunnersQuery, RunnersQueryVariables>;
export const RunnerChangesDocument = new TypedDocumentString(`
    subscription RunnerChanges($after: Cursor) {
  runnerChanged(after: $after) {
    cursor
    runner {
      ...Seat
    }
  }
}
    fragment Seat on Runner {
  id
  name
  state
  stateSince
  stateReason
  retryAt
  pool {
    id
  }
}`) as unknown as TypedDocumentString<RunnerChangesSubscription, RunnerChangesSubscriptionVariables>;
export const WaitingJobsDocument = new TypedDocumentString(`
    query WaitingJobs($after: Cursor) {
  jobs(first: 100, after: $after, statuses: [QUEUED]) {
    nodes {
      id
      gitlabJobId
      url
      name
      projectPath
      queuedAt
      waitingBecause
      waitingCode
      nextTryAt
      pool {
        id
        name
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
  }
}
    `) as unknown as TypedDocumentString<WaitingJobsQuery, WaitingJobsQueryVariables>;
export const RunningJobsDocument = new TypedDocumentString(`
    query RunningJobs {
  jobs(first: 100, statuses: [RUNNING]) {
    nodes {
      id
      gitlabJobId
      url
      name
      projectPath
      queuedAt
      startedAt
      runner {
        id
        name
      }
    }
    totalCount
  }
}
    `) as unknown as TypedDocumentString<RunningJobsQuery, RunningJobsQueryVariables>;
export const JobChangesDocument = new TypedDocumentString(`
    subscription JobChanges {
  jobChanged {
    cursor
  }
}
    `) as unknown as TypedDocumentString<JobChangesSubscription, JobChangesSubscriptionVariables>;
export const PoolDocument = new TypedDocumentString(`
    query Pool($id: ID!, $from: DateTime!, $to: DateTime!) {
  runnerPool(id: $id) {
    id
    name
    size
    scope {
      kind
      fullPath
    }
    tags
    runUntagged
    protectedOnly
    serverTypes
    locations
    image
    freshMachine
    idleTimeout
    maxMachineAge
    paused
    deleting
    stateCounts {
      state
      count
    }
    gitlab {
      id
      name
    }
    hetznerProject {
      id
      name
    }
    capacity {
      wanted
      queued
      because
    }
    schedule {
      id
      name
    }
    firewallPolicies {
      id
      name
    }
    cost(from: $from, to: $to) {
      total {
        amount
        currency
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PoolQuery, PoolQueryVariables>;
export const CreatePoolDocument = new TypedDocumentString(`
    mutation CreatePool($input: CreateRunnerPoolInput!) {
  createRunnerPool(input: $input) {
    runnerPool {
      id
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<CreatePoolMutation, CreatePoolMutationVariables>;
export const UpdatePoolDocument = new TypedDocumentString(`
    mutation UpdatePool($input: UpdateRunnerPoolInput!) {
  updateRunnerPool(input: $input) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<UpdatePoolMutation, UpdatePoolMutationVariables>;
export const ResizePoolDocument = new TypedDocumentString(`
    mutation ResizePool($id: ID!, $size: Int!, $confirm: Boolean!) {
  resizeRunnerPool(id: $id, size: $size, confirm: $confirm) {
    runnerPool {
      size
    }
    releasedIps
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<ResizePoolMutation, ResizePoolMutationVariables>;
export const PausePoolDocument = new TypedDocumentString(`
    mutation PausePool($id: ID!, $paused: Boolean!) {
  pauseRunnerPool(id: $id, paused: $paused) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<PausePoolMutation, PausePoolMutationVariables>;
export const DeletePoolDocument = new TypedDocumentString(`
    mutation DeletePool($id: ID!) {
  deleteRunnerPool(id: $id) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<DeletePoolMutation, DeletePoolMutationVariables>;
export const RunnerDocument = new TypedDocumentString(`
    query Runner($id: ID!, $first: Int!) {
  runner(id: $id) {
    ...Seat
    pool {
      id
      name
      paused
      deleting
      freshMachine
    }
    machine {
      ...MachineLife
    }
    machines(first: $first) {
      nodes {
        ...MachineLife
      }
      totalCount
    }
    timeline(first: $first) {
      nodes {
        at
        kind
        message
        actor
      }
      pageInfo {
        hasNextPage
      }
    }
    staticIp {
      address
      location
      leasedSince
      status
    }
    identity {
      issuer
      subject
      lastTokenIssuedAt
    }
    firewall {
      protected
      verifiedAt
      policies {
        id
        name
      }
    }
    currentJob {
      id
      name
      projectPath
      gitlabJobId
      url
      startedAt
    }
    costToDate {
      amount
      currency
    }
  }
}
    fragment Seat on Runner {
  id
  name
  state
  stateSince
  stateReason
  retryAt
  pool {
    id
  }
}
fragment MachineLife on Machine {
  id
  generation
  serverId
  serverType
  location
  orderedAt
  readyAt
  deletedAt
  paidUntil
}`) as unknown as TypedDocumentString<RunnerQuery, RunnerQueryVariables>;
export const WakeRunnerDocument = new TypedDocumentString(`
    mutation WakeRunner($id: ID!, $until: DateTime) {
  wakeRunner(id: $id, until: $until) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<WakeRunnerMutation, WakeRunnerMutationVariables>;
export const DrainRunnerDocument = new TypedDocumentString(`
    mutation DrainRunner($id: ID!) {
  drainRunner(id: $id) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<DrainRunnerMutation, DrainRunnerMutationVariables>;
export const SchedulesDocument = new TypedDocumentString(`
    query Schedules {
  schedules(first: 100) {
    nodes {
      id
      name
      timeZone
      holidayCountry
      windows {
        days
        start
        end
        warm
      }
      holidays {
        date
        name
      }
      overrides {
        id
        from
        to
        warm
        reason
      }
      next(count: 8) {
        at
        warm
        because
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SchedulesQuery, SchedulesQueryVariables>;
export const SchedulesOfPoolsDocument = new TypedDocumentString(`
    query SchedulesOfPools {
  runnerPools(first: 100) {
    nodes {
      id
      name
      schedule {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SchedulesOfPoolsQuery, SchedulesOfPoolsQueryVariables>;
export const CreateScheduleDocument = new TypedDocumentString(`
    mutation CreateSchedule($input: ScheduleInput!) {
  createSchedule(input: $input) {
    schedule {
      id
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<CreateScheduleMutation, CreateScheduleMutationVariables>;
export const UpdateScheduleDocument = new TypedDocumentString(`
    mutation UpdateSchedule($id: ID!, $input: ScheduleInput!) {
  updateSchedule(id: $id, input: $input) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<UpdateScheduleMutation, UpdateScheduleMutationVariables>;
export const DeleteScheduleDocument = new TypedDocumentString(`
    mutation DeleteSchedule($id: ID!) {
  deleteSchedule(id: $id) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<DeleteScheduleMutation, DeleteScheduleMutationVariables>;
export const AssignScheduleDocument = new TypedDocumentString(`
    mutation AssignSchedule($scheduleId: ID, $poolId: ID!) {
  assignSchedule(scheduleId: $scheduleId, poolId: $poolId) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<AssignScheduleMutation, AssignScheduleMutationVariables>;
export const OverrideScheduleDocument = new TypedDocumentString(`
    mutation OverrideSchedule($id: ID!, $from: DateTime!, $to: DateTime!, $warm: Int!, $reason: String!) {
  overrideSchedule(
    scheduleId: $id
    from: $from
    to: $to
    warm: $warm
    reason: $reason
  ) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<OverrideScheduleMutation, OverrideScheduleMutationVariables>;
export const RemoveOverrideDocument = new TypedDocumentString(`
    mutation RemoveOverride($id: ID!) {
  removeOverride(id: $id) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
}`) as unknown as TypedDocumentString<RemoveOverrideMutation, RemoveOverrideMutationVariables>;