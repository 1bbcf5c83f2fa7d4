export interface SignInLimitOptions {
  /** Real milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** So many wrong tokens from one address within a minute are a person's mistakes; more are not. */
const MOST_FAILURES = 10;
const WINDOW_MS = 60_000;
const MOST_REMEMBERED = 10_000;

/** Slows down who tries one token after the other. Nobody guesses 256 bits; this keeps the trying cheap for us. */
export class SignInLimit {
  readonly #failures = new Map<string, number[]>();

  constructor(private readonly options: SignInLimitOptions) {}

  /** How many seconds an address has to wait; 0 where it may try. */
  secondsToWait(source: string): number {
    const failures = this.#recent(source);
    const [oldest] = failures;
    if (oldest === undefined || failures.length < MOST_FAILURES) return 0;
    return Math.ceil((oldest + WINDOW_MS - this.options.now()) / 1000);
  }

  /** Notes a wrong token. */
  fail(source: string): void {
    const failures = [...this.#recent(source), this.options.now()];
    this.#failures.delete(source);
    this.#failures.set(source, failures);
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > MOST_REMEMBERED && oldest !== undefined) this.#failures.delete(oldest);
  }

  #recent(source: string): number[] {
    const since = this.options.now() - WINDOW_MS;
    return (this.#failures.get(source) ?? []).filter((at) => at > since).slice(-MOST_FAILURES);
  }
}
