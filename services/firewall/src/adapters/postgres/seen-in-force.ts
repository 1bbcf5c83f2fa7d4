/**
 * When all that `machine` needs was last seen in force on it; NULL where it never was. A look that finds a machine as it
 * was writes nothing of it: that it looked is kept once, in the project's row of `verification`.
 */
export const VERIFIED_AT = `CASE WHEN machine.protected AND machine.enrolled_generation = machine.generation
  THEN greatest(machine.verified_at, verification.looked_at) ELSE machine.verified_at END`;

/** The policies that were seen in force on `machine` then: nothing, where only an earlier generation was seen. */
export const IN_FORCE = `CASE WHEN machine.verified_at IS NULL THEN '{}' ELSE machine.in_force END`;

/** The firewall, in the project of `machine`, of a policy that its pool has. */
export const FIREWALL_OF_POLICY = `policy_firewall ON policy_firewall.policy_id = pool_policy.policy_id
  AND policy_firewall.hetzner_project_id = machine.hetzner_project_id`;

/**
 * Whether a policy that the pool of `machine` has was not seen in force on it as it is wanted now: one that the pool got
 * again, or whose firewall was changed, since the last look was another when it was seen.
 */
export const LACKS_POLICY = `(policy_firewall.id IS NULL OR policy_firewall.status = 'PENDING'
  OR NOT machine.in_force @> ARRAY[pool_policy.policy_id]
  OR ${VERIFIED_AT} < greatest(pool_policy.assigned_at, policy_firewall.changed_at))`;
