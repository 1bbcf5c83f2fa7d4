import type { BusKind } from './bus-kind.js';
import type { Child, ChildPlan } from './child.js';
import type { LocalConfig } from './config.js';
import type { Installation } from './processes.js';

/** What happens when one of the processes ends by itself: all are stopped, it is started again, or the others go on. */
export type OnExit = 'stop' | 'restart' | 'leave';

export interface SystemOptions {
  config: LocalConfig;
  speed: number;
  /** @default false */
  reset?: boolean;
  /** @default stop */
  onExit?: OnExit;
  latency?: 'realistic' | 'fast';
  /** @default embedded */
  bus?: BusKind;
  /** Further environment by process name. */
  extra?: Installation['extra'];
  /** The flags of this start, to be said again where it cannot be. */
  flags?: readonly string[];
  /** Told of each finished step and how long it took. */
  onStep?: (title: string, milliseconds: number) => void;
  /** Rejects when the start is to be given up; what runs by then is stopped. */
  givenUp?: Promise<never>;
  /** How a process is started; tests hand in one that restarts what was killed. */
  start?: (plan: ChildPlan) => Child;
}
