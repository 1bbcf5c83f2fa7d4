import { Bell, type Database } from '@cleanroom/persistence';
import type { Log } from '@cleanroom/kernel';
import type { Consumer } from './consumer.js';
import { replay } from './replay-dead-letter.js';
import type { WorkerQueries } from './worker-queries.js';

/** The channel that says that somebody asked for a replay. */
const CHANNEL = 'dead_letter';
/** A notification may be missed; nobody waits for long for what he asked for. */
const LOOK_EVERY_MS = 5_000;

/**
 * Asks the service whose letters these are to try them again: it alone has the handlers. It does so at once, or when it
 * next starts.
 */
export async function askForReplay({ worker }: WorkerQueries, ids: readonly string[]): Promise<void> {
  await worker.query(
    `WITH asked AS (UPDATE dead_letter SET replay_asked_at = now(), replay_failed_at = NULL WHERE id = ANY($1::bigint[]))
     SELECT pg_notify('${CHANNEL}', '')`,
    [ids],
  );
}

/** Tries parked messages again that an operator asked for, one at a time. */
export class AskedReplays {
  readonly #bell = new Bell();
  #stopListening: () => void = () => undefined;
  #stopping = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly consumers: ReadonlyMap<string, Consumer>,
    private readonly log: Log,
  ) {}

  start(): void {
    this.#stopListening = this.db.listen(CHANNEL, () => this.#bell.ring());
    this.#loop = this.#run();
  }

  /** Finishes the one in hand. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#stopListening();
    this.#bell.ring();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      const more = await this.#next().catch(() => false);
      if (!more && !this.#stopping) await this.#bell.wait(LOOK_EVERY_MS);
    }
  }

  /** @returns whether there was one */
  async #next(): Promise<boolean> {
    // The wish is taken back before it is fulfilled: a message that kills the process must not do so at each start.
    const [[asked]] = (await this.db.worker.query(
      `UPDATE dead_letter SET replay_asked_at = NULL WHERE id = (
         SELECT id FROM dead_letter WHERE replay_asked_at IS NOT NULL ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id`,
    )) as [{ id: string }[], number];
    if (!asked) return false;
    await this.#replay(asked.id);
    return true;
  }

  async #replay(id: string): Promise<void> {
    try {
      if (!(await replay(this.db, this.consumers, id))) throw new Error('this service reads no such topic');
      this.log.info({ letter: id }, 'A parked message was handled after all');
    } catch (error) {
      this.log.warn({ error, letter: id }, 'A parked message failed again');
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      await this.db.worker.query(
        'UPDATE dead_letter SET replay_failed_at = now(), detail = left($2, 2000) WHERE id = $1',
        [id, detail],
      );
    }
  }
}
