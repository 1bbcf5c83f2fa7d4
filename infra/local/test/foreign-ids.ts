import type { Ids } from './bad-input-row.js';

/** A call in which an id of another organisation stands. */
export interface ForeignId {
  /** The field with `$id` in its arguments. */
  readonly field: string;
  readonly id: keyof Ids;
  /** Where the refusal says that it is. */
  readonly path: string;
}

const NEW_POLICY = 'input: { name: "x" }';
const NEW_BUDGET = 'limit: { amount: "1", currency: "EUR" }, onExhausted: WARN';
const NEW_SCHEDULE = 'input: { name: "x", timeZone: "UTC", windows: [] }';
/** Of a day so far away that it changes nothing. */
export const OVERRIDE = 'from: "2030-01-01T00:00:00Z", to: "2030-01-02T00:00:00Z", warm: 1, reason: "x"';

const rows: readonly [field: string, id: keyof Ids, path: string][] = [
  ['updateHetznerProject(id: $id, name: "x")', 'hetznerProject', 'id'],
  ['updateGitLab(id: $id, name: "x")', 'gitlab', 'id'],
  ['disconnectHetznerProject(id: $id)', 'hetznerProject', 'id'],
  ['disconnectGitLab(id: $id)', 'gitlab', 'id'],
  ['revokeApiToken(id: $id)', 'token', 'id'],
  ['updateRunnerPool(input: { id: $id, name: "x" })', 'pool', 'input.id'],
  ['resizeRunnerPool(id: $id, size: 1, confirm: true)', 'pool', 'id'],
  ['pauseRunnerPool(id: $id, paused: true)', 'pool', 'id'],
  ['deleteRunnerPool(id: $id)', 'pool', 'id'],
  ['wakeRunner(id: $id)', 'runner', 'id'],
  ['drainRunner(id: $id)', 'runner', 'id'],
  [`updateFirewallPolicy(id: $id, ${NEW_POLICY})`, 'policy', 'id'],
  ['deleteFirewallPolicy(id: $id)', 'policy', 'id'],
  [`updateSchedule(id: $id, ${NEW_SCHEDULE})`, 'schedule', 'id'],
  ['assignSchedule(poolId: $id)', 'pool', 'poolId'],
  ['deleteSchedule(id: $id)', 'schedule', 'id'],
  [`overrideSchedule(scheduleId: $id, ${OVERRIDE})`, 'schedule', 'scheduleId'],
  ['removeOverride(id: $id)', 'override', 'id'],
  [`setBudget(poolId: $id, ${NEW_BUDGET})`, 'pool', 'poolId'],
  ['removeBudget(poolId: $id)', 'pool', 'poolId'],
  ['assignFirewallPolicy(policyId: $id, poolId: $id)', 'policy', 'policyId'],
  ['unassignFirewallPolicy(policyId: $id, poolId: $id)', 'policy', 'policyId'],
];

/** Each mutation that takes an id, but for the making of a pool, which takes two and is tried by itself. */
export const foreignIds: readonly ForeignId[] = rows.map(([field, id, path]) => ({ field, id, path }));
