import type { Clock } from '@cleanroom/kernel';

/** A clock that can be put forward; it goes on from there at its own pace. */
export class JumpingClock implements Clock {
  /** Set while the time between is lived through. */
  private held: number | undefined;

  /** @param ahead how far it was put forward before, in virtual ms */
  constructor(
    private readonly base: Clock,
    private ahead = 0,
  ) {}

  get factor(): number {
    return this.base.factor;
  }

  sleep(milliseconds: number, giveUp?: AbortSignal): Promise<void> {
    return this.base.sleep(milliseconds, giveUp);
  }

  now(): Date {
    return new Date(this.held ?? this.base.now().getTime() + this.ahead);
  }

  /**
   * Puts the clock forward to an instant. What is due between happens at its own time, in order.
   *
   * @param live carries out what is due, and shows the clock each instant by `at` before
   * @returns how far ahead of its base the clock is now
   */
  jump(to: number, live: (at: (instant: number) => void) => void): number {
    const began = this.now().getTime();
    this.held = began;
    try {
      live((instant) => (this.held = Math.max(this.held ?? 0, instant)));
    } finally {
      this.held = undefined;
      this.ahead += Math.max(0, to - began);
    }
    return this.ahead;
  }
}
