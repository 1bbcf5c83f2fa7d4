import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from './database.js';

/** Twice as long as anything that is used only once can be good. */
const KEPT_FOR = '2 minutes';
const FORGET_EVERY_MS = 30_000;
/** A connection whose other end is gone can be silent for minutes: the calls that come then are not kept behind it. */
const PATIENCE_MS = 1_000;

/** Nonces that are asked about in one statement. */
interface Batch {
  readonly nonces: Set<string>;
  readonly first: Promise<ReadonlySet<string>>;
}

/**
 * Tells all replicas of a service together what was used before. It is asked for every call, so those that come while one
 * question is out are asked about together in the next: one connection is busy with it, however many calls there are.
 */
export class UsedNonces {
  #last: Promise<unknown> = Promise.resolve();
  #next: Batch | undefined;
  #forgotAt = performance.now();

  constructor(private readonly db: Pick<Database, 'app'>) {}

  /** Whether this is the first use; of one nonce at the same time, too, only one is. */
  async use(nonce: string): Promise<boolean> {
    const batch = (this.#next ??= this.#begin());
    if (batch.nonces.has(nonce)) return false;
    batch.nonces.add(nonce);
    return (await batch.first).has(nonce);
  }

  #begin(): Batch {
    const nonces = new Set<string>();
    const first = orSoon(this.#last).then(() => {
      this.#next = undefined;
      return this.#insert(nonces);
    });
    this.#last = first.catch(() => undefined);
    return { nonces, first };
  }

  async #insert(nonces: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    // In one order for all replicas, or else two that are shown the same could wait for each other.
    const rows: { nonce: string }[] = await this.db.app.query(
      `INSERT INTO used_nonce (nonce) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING RETURNING nonce`,
      [[...nonces].sort()],
    );
    await this.#forget();
    return new Set(rows.map(({ nonce }) => nonce));
  }

  async #forget(): Promise<void> {
    if (performance.now() - this.#forgotAt < FORGET_EVERY_MS) return;
    this.#forgotAt = performance.now();
    const stale = `DELETE FROM used_nonce WHERE used_at < now() - interval '${KEPT_FOR}'`;
    // The nonces are used all the same; the stale ones are found again in half a minute.
    await this.db.app.query(stale).catch(() => undefined);
  }
}

async function orSoon(work: Promise<unknown>): Promise<void> {
  const waiting = new AbortController();
  const { signal } = waiting;
  await Promise.race([work, sleep(PATIENCE_MS, undefined, { signal, ref: false }).catch(() => undefined)]);
  waiting.abort();
}
