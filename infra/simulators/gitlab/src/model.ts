import type { JobDefinition } from './jobs/job-definition.js';
import type { Application } from './sign-in/applications.js';

/** What the simulated GitLab holds. Instants are ISO strings of its clock, so that the whole is plain JSON. */
export interface State {
  /** The last id given, for each kind of thing. */
  lastIds: Record<string, number>;
  groups: Group[];
  projects: Project[];
  runners: Runner[];
  managers: Manager[];
  jobs: Job[];
  hooks: Hook[];
  /** Private key of ID tokens, PKCS #8 in PEM; made when the first one is needed. */
  signingKey?: string;
  applications?: Application[];
}

export interface Group {
  id: number;
  parentId: number | null;
  path: string;
  /** Such as `acme/platform`. */
  fullPath: string;
  createdAt: string;
}

export interface Project {
  id: number;
  groupId: number;
  path: string;
  fullPath: string;
  defaultBranch: string;
  branches: string[];
  gitTags: string[];
  /** Names of the branches and git tags that are protected. */
  protectedRefs: string[];
  createdAt: string;
}

export type RunnerType = 'instance_type' | 'group_type' | 'project_type';

export interface Runner {
  id: number;
  type: RunnerType;
  groupId: number | null;
  projectId: number | null;
  description: string | null;
  maintenanceNote: string | null;
  tags: string[];
  runUntagged: boolean;
  accessLevel: 'not_protected' | 'ref_protected';
  locked: boolean;
  paused: boolean;
  maximumTimeout: number | null;
  /** SHA-256 of its token, in hex. */
  tokenHash: string;
  /** Changes when there may be work for it; see `X-GitLab-Last-Update`. */
  queueValue: string;
  createdAt: string;
  /** Written rarely, as in GitLab. */
  contactedAt: string | null;
}

/** A machine that has used a runner's token. */
export interface Manager {
  id: number;
  runnerId: number;
  systemId: string;
  version: string;
  revision: string;
  platform: string;
  architecture: string;
  ipAddress: string;
  createdAt: string;
  contactedAt: string;
}

export type JobStatus = 'pending' | 'running' | 'canceling' | 'success' | 'failed' | 'canceled';

export interface Job {
  id: number;
  projectId: number;
  pipelineId: number;
  name: string;
  stage: string;
  tags: string[];
  ref: string;
  isGitTag: boolean;
  protected: boolean;
  /** Lines of shell. */
  script: string[];
  /** ID tokens that it asks for: name of the variable → audiences. */
  idTokens?: Record<string, string[]>;
  definition?: JobDefinition;
  status: JobStatus;
  failureReason: string | null;
  createdAt: string;
  /** Of its last sign of life. */
  updatedAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  runnerId: number | null;
  managerId: number | null;
  tokenHash: string | null;
  /** Whether its runner said that it can cancel a job gracefully. */
  cancelsGracefully: boolean;
  traceSize: number;
  /** CRC-32 of the trace so far. */
  traceChecksum: number;
  /** When its runner first told that it is over; it may not be yet, for its trace. */
  endToldAt?: string;
  /** How many tries there were before it, in a retry. */
  retries?: number;
  /** Whether there is a newer try. */
  retried?: boolean;
  /** At most one of each type. */
  artifacts?: Artifact[];
}

/** A file that a job has left; its bytes lie elsewhere. */
export interface Artifact {
  id: number;
  /** Such as `archive`, `metadata`, `junit`. */
  type: string;
  format: string;
  filename: string;
  size: number;
  sha256: string;
  /** null keeps it for ever. */
  expireAt: string | null;
  createdAt: string;
}

export interface Hook {
  id: number;
  owner: { kind: 'project' | 'group'; id: number };
  uuid: string;
  url: string;
  name: string | null;
  token: string | null;
  signingToken: string | null;
  jobEvents: boolean;
  pushEvents: boolean;
  enableSslVerification: boolean;
  /** Consecutive failed deliveries. */
  recentFailures: number;
  disabledUntil: string | null;
  createdAt: string;
}

export const emptyState = (): State => ({
  lastIds: {},
  groups: [],
  projects: [],
  runners: [],
  managers: [],
  jobs: [],
  hooks: [],
});
