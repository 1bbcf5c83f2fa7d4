import type { ScriptPlan } from './run-script.js';

/** What GitLab hands to a runner, as far as a guest reads it. */
export interface JobPayload {
  readonly id: number;
  readonly token: string;
  readonly steps?: readonly ScriptStep[] | null;
}

export interface ScriptStep {
  readonly name: string;
  readonly script: readonly string[];
  readonly when?: string;
}

/** The job of a machine, as it lies on the disk. Times are of the product's clock. */
export interface Job {
  readonly id: number;
  /** Lets the job speak to GitLab. */
  readonly token: string;
  readonly startedAt: string;
  readonly steps: readonly ScriptStep[];
  plan: ScriptPlan;
  /** Whether the trace already says who the machine is. */
  introduced: boolean;
  /** Bytes of the trace that GitLab has. */
  sent: number;
  /** Canceled: only what runs always still runs. Aborted: GitLab does not want to hear of it any more. */
  fate: 'runs' | 'canceled' | 'aborted';
  /** GitLab has heard how it ended, or the job was aborted. */
  ended: boolean;
  /** What the control plane has heard of it. */
  reported: 'nothing' | 'start' | 'end';
}
