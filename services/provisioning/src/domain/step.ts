import type { BudgetHold } from '@cleanroom/kernel';
import type { Machine } from './machine.js';
import type { OrderLack } from './order-lack.js';
import type { Pool } from './pool.js';
import type { RunnerState } from './runner-state.js';
import type { Runner } from './runner.js';

/** One thing to do for a runner. Each is carried out, saved and told before the next one is asked for. */
export type Step =
  /** Nothing until then; null: until something happens. */
  | { readonly kind: 'wait'; readonly until: Date | null }
  | {
      readonly kind: 'move';
      readonly to: RunnerState;
      readonly reason: string | null;
      /** The machine was of no use: the runner is not woken again at once. */
      readonly failed?: true;
      /** A budget refuses what the machine would cost further. */
      readonly unpaid?: true;
    }
  | { readonly kind: 'begin-order' }
  /** A budget has refused another order: this runner would ask in vain. */
  | { readonly kind: 'hold-for-budget' }
  /** The budget may have room again. */
  | { readonly kind: 'forget-refusal' }
  /** What an order lacks is to be told, or no longer. */
  | { readonly kind: 'tell-lack'; readonly lack: OrderLack | null }
  /** Under a budget: asks for so many hours of the machine's life in all. */
  | { readonly kind: 'ask-hours'; readonly hours: number }
  /** Not ordered, because no budget grants it. */
  | { readonly kind: 'give-up-unpaid'; readonly why: 'refused' | 'unanswered' }
  | { readonly kind: 'order-server' }
  | { readonly kind: 'create-gitlab-runner' }
  | { readonly kind: 'update-gitlab-runner' }
  | { readonly kind: 'confirm-job-over' }
  | { readonly kind: 'delete-gitlab-runner' }
  | { readonly kind: 'begin-rebuild' }
  | { readonly kind: 'rebuild-server' }
  | { readonly kind: 'drain' }
  | { readonly kind: 'delete-server' };

export const wait = (until: Date | null = null): Step => ({ kind: 'wait', until });
export const move = (to: RunnerState, reason: string | null = null): Step => ({ kind: 'move', to, reason });

export const fail = (to: RunnerState, reason: string): Step => ({ kind: 'move', to, reason, failed: true });

export interface Situation {
  readonly runner: Runner;
  readonly pool: Pick<
    Pool,
    | 'paused'
    | 'deleting'
    | 'freshMachine'
    | 'tags'
    | 'runUntagged'
    | 'protectedRefsOnly'
    | 'idleTimeoutSeconds'
    | 'maxMachineAgeSeconds'
  >;
  /** The machine that the runner has now. */
  readonly machine: Machine | undefined;
  /** For want of what no order could go out; null where one could. */
  readonly orderLack: OrderLack | null;
  readonly budget: BudgetHold;
  /** From when on this process worked, and could hear of what providers and the other services do. */
  readonly workingSince: Date;
  /** From when on machines could reach us without a break; not before that. */
  readonly hearingSince: Date;
  /** Seconds of the product's clock in a real one. @default 1 */
  readonly clockFactor?: number;
}

/** That of a runner that has a machine. */
export type AwakeSituation = Situation & { readonly machine: Machine };
