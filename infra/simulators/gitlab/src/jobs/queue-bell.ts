/** Tells requests that wait for work that a runner's queue has changed. */
export class QueueBell {
  private readonly waiting = new Map<number, Set<() => void>>();

  /** The queue of this runner has changed. */
  ring(runnerId: number): void {
    for (const wake of this.waiting.get(runnerId) ?? []) wake();
  }

  /** Resolves when the runner's queue changes, or after so many milliseconds of real time. */
  wait(runnerId: number, longestMs: number): Promise<void> {
    const sleepers = this.waiting.get(runnerId) ?? new Set();
    this.waiting.set(runnerId, sleepers);
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        sleepers.delete(wake);
        if (sleepers.size === 0) this.waiting.delete(runnerId);
        resolve();
      };
      const timer = setTimeout(wake, longestMs);
      sleepers.add(wake);
    });
  }

  /** Lets everyone go. */
  stop(): void {
    for (const runnerId of [...this.waiting.keys()]) this.ring(runnerId);
  }
}
