import { backoffMs } from '../domain/backoff.js';
import { Fleet } from '../domain/fleet.js';
import { followChanges } from './change-stream.js';
import { Refused } from './graphql.js';
import { newsOf, runnerPages, type RunnerPage } from './runner-pages.js';
import { SignedOut } from './session.js';

/** What is shown, and what is known of the connection. */
export interface LiveStatus {
  readonly fleet: Fleet;
  /** The fleet's own: where it is another, words are to be drawn anew. */
  readonly revision: number;
  readonly phase: 'loading' | 'live' | 'reconnecting' | 'signed-out';
  /** Runners that were read so far, of how many. */
  readonly loaded: number;
  readonly total: number;
  readonly changesPerSecond: number;
  /** Until when all that is shown was right, in this browser's time. */
  readonly asOf: number;
  /** Why it is not live. */
  readonly trouble: Error | undefined;
}

/** Words are drawn anew so often; seats on the map are not kept waiting. */
const TELL_EVERY_MS = 250;
const RATE_OVER_MS = 5_000;

/**
 * The fleet, kept up to date: reads all runners, follows their changes from the moment at which the reading began, and goes
 * on after the last one that it heard when a connection breaks. What is shown stays meanwhile.
 */
export class LiveFleet {
  readonly #listeners = new Set<() => void>();
  #over = new AbortController();
  #fleet = new Fleet();
  #phase: LiveStatus['phase'] = 'loading';
  #total = 0;
  #trouble: Error | undefined;
  /** Of the last change that a complete fleet has heard: from there it can be gone on. */
  #cursor: string | undefined;
  #asOf = Date.now();
  #recent: number[] = [];
  #failures = 0;
  #status = this.#read();
  #wake = (): void => undefined;

  /** @param onJob told when a job changed, and when that may have gone unheard */
  constructor(private readonly onJob: () => void) {}

  readonly status = (): LiveStatus => this.#status;

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Runs until it is called back. */
  start(): () => void {
    this.#over = new AbortController();
    const timer = setInterval(() => this.#tell(), TELL_EVERY_MS);
    window.addEventListener('online', this.retry);
    this.#over.signal.addEventListener('abort', () => {
      clearInterval(timer);
      window.removeEventListener('online', this.retry);
    });
    void this.#keepGoing(this.#over.signal);
    return () => this.#stop();
  }

  /** Tries at once what would be tried in a while. */
  readonly retry = (): void => this.#wake();

  async #keepGoing(over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      try {
        if (this.#cursor === undefined) await this.#readAndFollow(over);
        else await this.#follow(this.#fleet, this.#cursor, over);
      } catch (error) {
        if (over.aborted) return;
        if (error instanceof SignedOut) return this.#signOut();
        await this.#recover(error as Error);
      }
    }
  }

  /** Both at once: the first change is shown before the last of many pages is there. */
  async #readAndFollow(isOver: AbortSignal): Promise<void> {
    const fleet = new Fleet();
    // What was shown stays until all of the new is there.
    if (!this.#fleet.isComplete) this.#fleet = fleet;
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, isOver]);
    const pages = runnerPages(signal);
    try {
      const first = await pages.next();
      if (first.done) return;
      this.#take(fleet, first.value);
      const reading = this.#readOn(fleet, pages).then(() => new Promise<never>(() => undefined));
      await Promise.race([reading, this.#follow(fleet, first.value.cursor, signal)]);
    } finally {
      over.abort();
    }
  }

  async #readOn(fleet: Fleet, pages: AsyncGenerator<RunnerPage, void>): Promise<void> {
    for await (const page of pages) this.#take(fleet, page);
    fleet.complete();
    this.#fleet = fleet;
    this.#tell();
  }

  #take(fleet: Fleet, { runners, total }: RunnerPage): void {
    fleet.list(runners);
    this.#total = total;
  }

  async #follow(fleet: Fleet, after: string, signal: AbortSignal): Promise<void> {
    let heard = after;
    const keep = () => fleet.isComplete && (this.#cursor = heard);
    try {
      await followChanges({
        after,
        signal,
        onOpen: () => this.#open(),
        onRunner: ({ cursor, runner }) => {
          fleet.hear(newsOf(runner));
          heard = cursor;
          this.#recent.push(Date.now());
        },
        onJob: this.onJob,
      });
    } finally {
      keep();
    }
  }

  #open(): void {
    this.#phase = 'live';
    this.#failures = 0;
    this.#trouble = undefined;
    this.onJob();
  }

  async #recover(error: Error): Promise<void> {
    // So old a change is kept no longer: all is read anew, and nobody need notice.
    if (error instanceof Refused && error.code === 'CURSOR_EXPIRED') this.#cursor = undefined;
    this.#failures++;
    this.#trouble = error;
    this.#phase = this.#fleet.isComplete ? 'reconnecting' : 'loading';
    this.#tell();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, backoffMs(this.#failures, Math.random()));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #signOut(): void {
    this.#phase = 'signed-out';
    this.#tell();
    this.#stop();
  }

  #stop(): void {
    this.#over.abort();
    this.#wake();
  }

  #tell(): void {
    const since = Date.now() - RATE_OVER_MS;
    this.#recent = this.#recent.filter((at) => at > since);
    const status = this.#read();
    const isSame = Object.entries(status).every(
      ([key, value]) => key === 'asOf' || Object.is(value, this.#status[key as keyof LiveStatus]),
    );
    if (isSame) return;
    this.#status = status;
    for (const listener of this.#listeners) listener();
  }

  #read(): LiveStatus {
    const fleet = this.#fleet;
    if (this.#phase === 'live') this.#asOf = Date.now();
    return {
      ...{ fleet, revision: fleet.revision, loaded: fleet.size, total: this.#total },
      phase: this.#phase === 'live' && !fleet.isComplete ? 'loading' : this.#phase,
      changesPerSecond: Math.round((this.#recent.length * 1000) / RATE_OVER_MS),
      ...{ asOf: this.#asOf, trouble: this.#trouble },
    };
  }
}
