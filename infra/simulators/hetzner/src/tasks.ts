import type { Clock } from '@cleanroom/kernel';
import type { State, Task } from './state.js';

type Distribute<T> = T extends unknown ? Omit<T, 'at'> : never;
/** A task whose instant is yet to be set. */
export type TaskPlan = Distribute<Task>;

/** Longer timers overflow; an early wake-up only looks again. */
const LONGEST_TIMER_MS = 60_000;

/** Carries out what is due, in order of time, by the virtual clock. */
export class Tasks {
  private timer: NodeJS.Timeout | undefined;
  private carryOut: ((task: Task) => void) | undefined;

  constructor(
    private readonly state: State,
    private readonly clock: Clock,
  ) {}

  /** @param delay virtual milliseconds */
  plan(plan: TaskPlan, delay: number): void {
    const task = { ...plan, at: this.clock.now().getTime() + delay } as Task;
    const later = this.state.tasks.findIndex(({ at }) => at > task.at);
    this.state.tasks.splice(later < 0 ? this.state.tasks.length : later, 0, task);
    this.arm();
  }

  start(carryOut: (task: Task) => void): void {
    this.carryOut = carryOut;
    this.arm();
  }

  /** Carries out what is due until an instant, each at its own time. */
  liveUntil(instant: number, at: (instant: number) => void): void {
    while (this.carryOut && (this.state.tasks[0]?.at ?? Infinity) <= instant) {
      const task = this.state.tasks.shift();
      if (!task) return;
      at(task.at);
      this.carryOut(task);
    }
    at(instant);
    this.arm();
  }

  stop(): void {
    this.carryOut = undefined;
    clearTimeout(this.timer);
  }

  private arm(): void {
    clearTimeout(this.timer);
    const next = this.state.tasks[0];
    if (!next || !this.carryOut) return;
    const wait = (next.at - this.clock.now().getTime()) / this.clock.factor;
    this.timer = setTimeout(() => this.run(), Math.min(LONGEST_TIMER_MS, Math.max(0, Math.ceil(wait))));
  }

  private run(): void {
    while (this.carryOut && (this.state.tasks[0]?.at ?? Infinity) <= this.clock.now().getTime()) {
      const task = this.state.tasks.shift();
      if (task) this.carryOut(task);
    }
    this.arm();
  }
}
