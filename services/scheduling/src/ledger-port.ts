import type { AuditRecord, WorkLease } from '@cleanroom/kernel';
import type { DemandJob } from './domain/demand.js';
import type { Job } from './domain/job.js';
import type { MatchingPool } from './domain/job-matching.js';
import type { Schedule, ScheduleOverride, ScheduleRules } from './domain/schedule.js';
import type { Preparation, TimeToReady } from './domain/time-to-ready.js';
import type { Trouble } from './domain/trouble.js';
import type { Connection, GitLabProject, HookTarget } from './ports.js';

/** A pool, as provisioning last described it. */
export interface Pool extends MatchingPool {
  readonly organizationId: string;
  readonly version: number;
  readonly name: string;
  /** Of the Hetzner project in which its machines are ordered; empty where it has not been told. */
  readonly hetznerProjectId: string;
  readonly scopeId: number;
  readonly size: number;
  readonly deleted: boolean;
}

/** A customer's Hetzner project, as identity last described it, as far as it bears on why a job waits. */
export interface HetznerProject {
  readonly id: string;
  readonly organizationId: string;
  readonly version: number;
  readonly status: Connection['status'];
}

/** A runner, as provisioning last described it. */
export interface Runner {
  readonly id: string;
  readonly organizationId: string;
  readonly version: number;
  readonly poolId: string;
  readonly name: string;
  /** A `RunnerState` of the public API. */
  readonly state: string;
  readonly stateSince: Date;
  readonly stateReason: string;
  /** What keeps it from being woken, where that has a name. */
  readonly trouble: Trouble | null;
  /** When it is next tried, where something keeps it from working and that is known. */
  readonly nextTryAt: Date | null;
  readonly hasMachine: boolean;
  readonly gitlabRunnerId: number | null;
  /** The preparation that it is in, with its begin; null where it is in none. */
  readonly readyingBy: Preparation | null;
  readonly readyingSince: Date | null;
}

/** What provisioning says of a runner. */
export type RunnerNews = Omit<Runner, 'readyingBy' | 'readyingSince'>;

/** The capacity of a pool as last decided, and the schedule that it follows. */
export interface Decision {
  readonly poolId: string;
  readonly organizationId: string;
  readonly scheduleId: string | null;
  /** 0 until the first decision. */
  readonly version: number;
  readonly wanted: number;
  readonly busy: number;
  readonly warm: number;
  readonly queued: number;
  readonly because: string;
  readonly decidedAt: Date;
}

/** A project that is polled. */
export interface PolledProject extends GitLabProject {
  readonly connectionId: string;
  readonly organizationId: string;
}

/** A webhook of ours in GitLab. INTENDED is committed before GitLab is asked for it. */
export interface Hook {
  readonly id: string;
  readonly organizationId: string;
  readonly connectionId: string;
  readonly target: HookTarget;
  readonly state: 'INTENDED' | 'REGISTERED' | 'REFUSED';
  readonly gitlabHookId: number | null;
  /** No pool needs it any more: it is deleted in GitLab, then here. */
  readonly unwanted: boolean;
}

/** A verified webhook whose facts have not been read yet. */
export interface Hint {
  readonly id: string;
  readonly organizationId: string;
  readonly connectionId: string;
  readonly projectId: number;
  readonly gitlabJobId: number;
  readonly receivedAt: Date;
}

/** The tables of work. */
export type WorkTable =
  'gitlab_connection' | 'gitlab_project' | 'gitlab_hook' | 'webhook_hint' | 'capacity_decision';

/**
 * Everything that one transaction can read and write. All of it commits together, events included, or nothing.
 *
 * Rows are locked in one order everywhere, so that no two transactions wait for each other: a
 * schedule, jobs by their numbers, decisions by their ids, the connection, its projects, its hooks, its hints.
 */
export interface Ledger {
  /** Tells the audit log, together with what the transaction changes. */
  audit(record: AuditRecord): Promise<void>;
  readonly connections: {
    find(id: string): Promise<Connection | undefined>;
    /** The same, and nobody else changes it until the transaction ends. */
    lock(id: string): Promise<Connection | undefined>;
    save(connection: Connection): Promise<void>;
  };
  readonly hetznerProjects: {
    find(id: string): Promise<HetznerProject | undefined>;
    save(project: HetznerProject): Promise<void>;
  };
  readonly projects: {
    find(id: string): Promise<PolledProject | undefined>;
    of(connectionId: string): Promise<PolledProject[]>;
    /** A project that is new is polled at once. */
    save(project: PolledProject, at: Date): Promise<void>;
    remove(project: PolledProject): Promise<void>;
  };
  readonly hooks: {
    find(id: string): Promise<Hook | undefined>;
    of(connectionId: string): Promise<Hook[]>;
    save(hook: Hook): Promise<void>;
    remove(id: string): Promise<void>;
  };
  readonly hints: {
    /** Stores it as due; false where this delivery was stored before. */
    record(hint: Hint): Promise<boolean>;
    find(id: string): Promise<Hint | undefined>;
    /** Forgets deliveries that are older than any retry of GitLab's. */
    forgetBefore(connectionId: string, at: Date): Promise<void>;
  };
  readonly pools: {
    find(id: string): Promise<Pool | undefined>;
    /** All that are not deleted. */
    of(connectionId: string): Promise<Pool[]>;
    save(pool: Pool): Promise<void>;
    /** The group or project that is its scope is called otherwise now. */
    rename(id: string, scopePath: string): Promise<void>;
  };
  readonly runners: {
    find(id: string): Promise<Runner | undefined>;
    of(poolId: string): Promise<Runner[]>;
    /** Keeps every number under which GitLab ever knew it, so that old jobs still find their runner. */
    save(runner: Runner): Promise<void>;
    takerOf(
      connectionId: string,
      gitlabRunnerId: number,
    ): Promise<{ runnerId: string; poolId: string } | undefined>;
  };
  readonly readiness: {
    /** Keeps the latest of each kind of preparation, and forgets what came before. */
    record(
      runner: Pick<Runner, 'id' | 'poolId' | 'organizationId'>,
      at: Date,
      took: TimeToReady,
    ): Promise<void>;
    /** The latest of this pool, of each kind as many as count. */
    of(poolId: string): Promise<TimeToReady[]>;
  };
  readonly jobs: {
    /** The row is locked until the transaction ends. */
    lock(connectionId: string, projectId: number, gitlabJobId: number): Promise<Job | undefined>;
    /** false where the job is known by now. */
    insert(job: Job): Promise<boolean>;
    update(job: Job): Promise<void>;
    /** Queued jobs of a connection, oldest first, locked. */
    lockQueued(connectionId: string): Promise<Job[]>;
    /** Jobs of a project that are queued or running as far as we know. */
    openOf(connectionId: string, projectId: number): Promise<Job[]>;
    /** What bears on a pool's demand: its queued jobs, and every job that one of its runners took in its present life. */
    demandOf(pool: Pick<Pool, 'id' | 'connectionId'>): Promise<DemandJob[]>;
  };
  readonly schedules: {
    find(id: string): Promise<Schedule | undefined>;
    /** What it says around an instant, with the public holidays of the country that it names. */
    rules(id: string, around: Date): Promise<ScheduleRules | undefined>;
    /** The same as `find`, with the row locked until the transaction ends: it is neither deleted nor changed meanwhile. */
    lock(id: string): Promise<Schedule | undefined>;
    /** The organisation's one of that name; nobody else gives or takes the name until the transaction ends. */
    findByName(name: string): Promise<Schedule | undefined>;
    save(schedule: Schedule): Promise<void>;
    remove(id: string): Promise<void>;
    addOverride(scheduleId: string, override: ScheduleOverride): Promise<void>;
    /** The schedule that it belonged to; undefined where there is no such override. */
    removeOverride(id: string): Promise<string | undefined>;
    /** Ids of the pools that follow it, in order. */
    poolsOf(scheduleId: string): Promise<string[]>;
  };
  readonly decisions: {
    /** The row is made where missing, and locked until the transaction ends: decisions of one pool never race. */
    lock(poolId: string, organizationId: string): Promise<Decision>;
    /** @param dueAt when the schedule has to be looked at again; null where there is none */
    save(decision: Decision, dueAt: Date | null): Promise<void>;
  };
  readonly events: {
    jobChanged(job: Job, at: Date): Promise<void>;
    capacityDecided(decision: Decision): Promise<void>;
  };
  readonly work: {
    /** Makes a row due; the worker wakes once the transaction has committed. */
    due(table: WorkTable, id: string, at: Date): Promise<void>;
    /** Ends a step: lets the row go until `next` (null: nothing to do). Throws where the lease was lost meanwhile. */
    finish(table: WorkTable, lease: WorkLease, next: Date | null): Promise<void>;
  };
}
