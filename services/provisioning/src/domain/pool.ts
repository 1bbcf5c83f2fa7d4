export type FreshMachine = 'EVERY_JOB' | 'EVERY_START';
export type ScopeKind = 'GROUP' | 'PROJECT' | 'INSTANCE';

/** A desired state: so many runners of one kind for one part of a GitLab. */
export interface Pool {
  readonly id: string;
  readonly organizationId: string;
  readonly version: number;
  readonly name: string;
  readonly gitlabConnectionId: string;
  readonly hetznerProjectId: string;
  readonly scopeKind: ScopeKind;
  /** Empty for an instance. */
  readonly scopePath: string;
  /** GitLab's number of the group or project; 0 for an instance. */
  readonly scopeId: number;
  readonly tags: readonly string[];
  readonly runUntagged: boolean;
  /** Its runners take jobs of protected branches and tags only. */
  readonly protectedRefsOnly: boolean;
  readonly serverTypes: readonly string[];
  readonly locations: readonly string[];
  readonly image: string;
  readonly size: number;
  readonly freshMachine: FreshMachine;
  readonly idleTimeoutSeconds: number;
  readonly maxMachineAgeSeconds: number;
  readonly paused: boolean;
  readonly deleting: boolean;
  readonly deleted: boolean;
  /** What scheduling decided last. */
  readonly wanted: number;
  readonly wantedBecause: string;
  readonly policyIds: readonly string[];
}

/** What decides which jobs its GitLab runners take. */
export type JobsTaken = Pick<Pool, 'tags' | 'runUntagged' | 'protectedRefsOnly'>;

/** The same in a form that can be compared. */
export const jobsTaken = ({ tags, runUntagged, protectedRefsOnly }: JobsTaken): string =>
  JSON.stringify([[...tags].sort(), runUntagged, protectedRefsOnly]);

/** In the same form: a GitLab runner that is paused takes none. */
export const NO_JOBS = 'none';

/** Whether none of its runners may work now. */
export const rests = ({ paused, deleting }: Pick<Pool, 'paused' | 'deleting'>): boolean => paused || deleting;
