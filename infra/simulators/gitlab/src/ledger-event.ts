import type { Job, RunnerType } from './model.js';

export interface JobQueued {
  readonly type: 'job-queued';
  readonly jobId: number;
  readonly project: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly ref: string;
  readonly protected: boolean;
  readonly script: readonly string[];
}

export interface JobPicked {
  readonly type: 'job-picked';
  readonly jobId: number;
  readonly runnerId: number;
  readonly systemId: string;
  /** Address of the socket that asked for the job. */
  readonly sourceAddress: string;
}

export interface JobFinished {
  readonly type: 'job-finished';
  readonly jobId: number;
  readonly status: Job['status'];
  readonly failureReason: string | null;
  /** Whether the trace is as long, and of the same checksum, as the runner said; null where it said nothing. */
  readonly traceComplete: boolean | null;
}

export interface RunnerCreated {
  readonly type: 'runner-created';
  readonly runnerId: number;
  readonly runnerType: RunnerType;
  readonly groupId: number | null;
  readonly projectId: number | null;
  readonly description: string | null;
  readonly maintenanceNote: string | null;
  readonly tags: readonly string[];
}

/** The first time that a machine uses a runner's token; a second one of the same runner is a stolen token. */
export interface RunnerContacted {
  readonly type: 'runner-contacted';
  readonly runnerId: number;
  readonly systemId: string;
  /** Of the program, as it says itself. */
  readonly revision: string;
  readonly sourceAddress: string;
}

export interface RunnerPaused {
  readonly type: 'runner-paused' | 'runner-resumed';
  readonly runnerId: number;
}

export interface RunnerDeleted {
  readonly type: 'runner-deleted';
  readonly runnerId: number;
  readonly by: 'id' | 'token';
  /** Jobs that it was running at that moment. */
  readonly runningJobIds: readonly number[];
}

export interface ApiCall {
  readonly type: 'api-call';
  readonly operation: string;
  readonly method: string;
  /** Without `/api/v4` and the query. */
  readonly path: string;
  /** Without the query. */
  readonly calledPath: string;
  /** What was answered; null where the connection was reset before anything was done. */
  readonly status: number | null;
  /** Name of the access token, `runner` or `job`; null for nobody. */
  readonly caller: string | null;
  readonly sourceAddress: string;
  /** The injected fault that it met. */
  readonly fault?: string;
}

export interface WebhookDelivery {
  readonly type: 'webhook-delivery';
  readonly hookId: number;
  readonly jobId: number;
  readonly jobStatus: string;
  readonly deliveryId: string;
  readonly outcome: 'delivered' | 'failed' | 'lost' | 'hook-disabled';
  /** Of the receiver's answer; null where none came. */
  readonly status: number | null;
  readonly duplicate: boolean;
}

/** One thing that happened. Holds no token. */
export type LedgerEvent =
  | JobQueued
  | JobPicked
  | JobFinished
  | RunnerCreated
  | RunnerContacted
  | RunnerPaused
  | RunnerDeleted
  | ApiCall
  | WebhookDelivery;
