import { Bell, acrossOrganizations, type Database } from '@cleanroom/persistence';
import type { Log } from '@cleanroom/kernel';
import type { EventBus } from './event-bus.js';
import { publishInTrace } from './event-spans.js';

/** Rows that are published together; bounds the relay's memory. */
const BATCH = 500;
const POLL_MS = 500;

interface OutboxRow {
  readonly seq: string;
  readonly topic: string;
  readonly key: string;
  readonly headers: Record<string, string>;
  readonly payload: Buffer;
}

/**
 * Brings committed events to the bus in the order in which they were appended. One process of a service does so at a
 * time, by a lock that ends with its transaction. A crash between publishing and deleting publishes again, under the
 * same ids.
 */
export class OutboxRelay {
  readonly #bell = new Bell();
  #stopListening: () => void = () => undefined;
  #stopping = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly bus: EventBus,
    private readonly log: Log,
    private readonly pollMilliseconds = POLL_MS,
  ) {}

  start(): void {
    this.#stopListening = this.db.listen('outbox', () => this.#bell.ring());
    this.#loop = this.#run();
  }

  /** Publishes what is in hand; the rest waits for the next start. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#stopListening();
    this.#bell.ring();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        const published = await this.publishOnce();
        if (published < BATCH && !this.#stopping) await this.#bell.wait(this.pollMilliseconds);
      } catch (error) {
        this.log.warn({ error }, 'Events wait in the outbox; trying again');
        if (!this.#stopping) await this.#bell.wait(this.pollMilliseconds);
      }
    }
  }

  /** Publishes one batch and deletes it. Returns how many events it held; 0 when another process is at it. */
  publishOnce(): Promise<number> {
    return acrossOrganizations(this.db, async (tx) => {
      // The rows are read by a statement of their own, whose snapshot is younger than the lock.
      const [turn]: { mine: boolean }[] = await tx.query(
        `SELECT pg_try_advisory_xact_lock(hashtext('outbox')) AS mine`,
      );
      if (!turn?.mine) return 0;
      const rows: OutboxRow[] = await tx.query(
        'SELECT seq, topic, key, headers, payload FROM outbox ORDER BY seq LIMIT $1',
        [BATCH],
      );
      if (rows.length === 0) return 0;
      await publishInTrace(this.bus, rows);
      await tx.query('DELETE FROM outbox WHERE seq = ANY($1::bigint[])', [rows.map(({ seq }) => seq)]);
      return rows.length;
    });
  }
}
