/** A large state takes long to write, and nothing else is done meanwhile: so little of the time goes into it. */
const WRITING_SHARE = 0.05;
/** What a crash can lose at most, in milliseconds of real time. */
const LONGEST_WAIT_MS = 5_000;

/** Writes soon after a change, the less often the longer it takes. */
export class PacedWriting {
  private timer: NodeJS.Timeout | undefined;
  private wait: number;

  /** @param shortestWaitMs how long changes wait at least, so that those of a moment are written together; real time */
  constructor(
    private readonly write: () => void,
    private readonly shortestWaitMs: number,
  ) {
    this.wait = shortestWaitMs;
  }

  /** Writes in a moment, together with what else changes until then. */
  soon(): void {
    this.timer ??= setTimeout(() => this.now(), this.wait);
  }

  /** Writes what waits, and what does not. */
  now(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const begun = performance.now();
    this.write();
    const took = performance.now() - begun;
    this.wait = Math.min(LONGEST_WAIT_MS, Math.max(this.shortestWaitMs, took / WRITING_SHARE));
  }
}
