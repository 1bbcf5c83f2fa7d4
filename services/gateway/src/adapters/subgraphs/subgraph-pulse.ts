import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '@cleanroom/kernel';
import { request, type Dispatcher } from 'undici';

/** The service takes connections but does nothing, or waits for a database that does nothing. */
export class SubgraphHangs extends Error {
  override readonly name = 'SubgraphHangs';
}

/** A call that takes longer makes us ask whether its service lives; a slow answer of a living one is waited for. */
export const SUSPECT_AFTER_MS = 250;
/** With the time above well below the 1.5 seconds after which a page shows what the others know. */
export const BEAT_WITHIN_MS = 800;
/** How long a query waits for a service that lives but gave the last one no answer in time: it may wait for a lock. */
export const PATIENCE_MS = 1_000;
const BETWEEN_BEATS_MS = 300;

export interface SubgraphPulseOptions {
  /** Where each service answers its probes, by name. */
  readonly origins: Readonly<Record<string, string>>;
  readonly dispatcher: Dispatcher;
  readonly log: Log;
}

/**
 * Tells a service that hangs from one that is slow: only the first one still fails to answer its probe. A service that
 * was found hanging is not asked again until it answers that probe, so that it delays one query and not each. Queries have
 * little patience with one that answers probes but gave the last query no answer, until it answers one.
 */
export class SubgraphPulse {
  readonly #hanging = new Set<string>();
  readonly #silent = new Set<string>();
  readonly #beats = new Map<string, Promise<boolean>>();
  readonly #closed = new AbortController();

  constructor(private readonly options: SubgraphPulseOptions) {}

  /** @throws SubgraphHangs when the service was found hanging and has not come back */
  demand(subgraph: string): void {
    if (this.#hanging.has(subgraph)) throw new SubgraphHangs();
  }

  /** Real milliseconds that a query may wait for the service. */
  patience(subgraph: string): number {
    return this.#silent.has(subgraph) ? PATIENCE_MS : Infinity;
  }

  /**
   * Does the work for as long as the service lives.
   *
   * @param work takes a signal that ends it: with the caller's, or with {@link SubgraphHangs} as the reason
   */
  async during<T>(
    subgraph: string,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const end = new AbortController();
    const leave = (): void => end.abort(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave);
    const stopWatching = this.#watch(subgraph, () => end.abort(new SubgraphHangs()));
    try {
      const done = await work(end.signal);
      this.#silent.delete(subgraph);
      return done;
    } catch (error) {
      if (isTimeout(error)) this.#silent.add(subgraph);
      throw error;
    } finally {
      stopWatching();
      signal.removeEventListener('abort', leave);
    }
  }

  /** Looks after nobody any more. */
  close(): void {
    this.#closed.abort();
  }

  /**
   * Asks from time to time whether the service lives, until it does not or until it is stopped. With a plain timer,
   * because hardly any call takes so long that it rings.
   */
  #watch(subgraph: string, onHang: () => void): () => void {
    let isOver = false;
    const check = async (): Promise<void> => {
      const lives = await this.#beat(subgraph);
      if (isOver) return;
      if (lives) return wait();
      this.#giveUp(subgraph);
      onHang();
    };
    let timer: NodeJS.Timeout;
    const wait = (): void => void (timer = setTimeout(() => void check(), SUSPECT_AFTER_MS).unref());
    wait();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }

  #giveUp(subgraph: string): void {
    if (this.#hanging.has(subgraph)) return;
    this.#hanging.add(subgraph);
    this.options.log.warn({ subgraph }, 'a service hangs');
    void this.#awaitReturn(subgraph);
  }

  async #awaitReturn(subgraph: string): Promise<void> {
    while (!(await this.#beat(subgraph))) if (!(await passed(BETWEEN_BEATS_MS, this.#closed.signal))) return;
    this.#hanging.delete(subgraph);
    this.options.log.info({ subgraph }, 'a service that hung is back');
  }

  /** Those who ask at the same time share one probe. */
  #beat(subgraph: string): Promise<boolean> {
    const asked = this.#beats.get(subgraph);
    if (asked) return asked;
    const beat = this.#probe(subgraph).finally(() => this.#beats.delete(subgraph));
    this.#beats.set(subgraph, beat);
    return beat;
  }

  /**
   * Whether it lives, and its database. A refusal to connect counts as life: calls see it at once by themselves; so does
   * the answer of an old version, which does not know the question.
   */
  async #probe(subgraph: string): Promise<boolean> {
    const signal = AbortSignal.any([AbortSignal.timeout(BEAT_WITHIN_MS), this.#closed.signal]);
    const { origins, dispatcher } = this.options;
    try {
      const answer = await request(`${origins[subgraph]}/health/serving`, { dispatcher, signal });
      await answer.body.dump();
      return answer.statusCode !== 503;
    } catch {
      return !signal.aborted;
    }
  }
}

/** No answer came in the time that there was. */
export const isTimeout = (error: unknown): boolean =>
  (error as { name?: unknown } | undefined)?.name === 'TimeoutError';

/** Whether the time passed before the signal came. */
const passed = (milliseconds: number, signal: AbortSignal): Promise<boolean> =>
  pause(milliseconds, true, { signal, ref: false }).catch(() => false);
