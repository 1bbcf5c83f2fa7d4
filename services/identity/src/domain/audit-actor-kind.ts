/** Who is behind an entry of the audit log; whatever is told of neither machines nor Cleanroom, a person did. */
export type AuditActorKind = 'PERSON' | 'MACHINE' | 'SYSTEM';

/**
 * What is done by nobody but them. An entry's actor does not tell: anybody can call a token "machine", and would be out of
 * sight wherever machines are left out.
 */
export const ACTIONS_OF = {
  /** Each about once per job. */
  MACHINE: ['enrol-machine', 'issue-workload-token'],
  SYSTEM: ['quarantine-machine', 'refuse-enrolment', 'replace-static-ip'],
} as const satisfies Record<Exclude<AuditActorKind, 'PERSON'>, readonly string[]>;
