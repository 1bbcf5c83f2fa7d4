import { topicStorage } from '@cleanroom/contracts';
import type { Log } from '@cleanroom/kernel';
import type { Database } from '@cleanroom/persistence';
import { pruneChanges } from './changes/prune-changes.js';
import { Inbox } from './inbox.js';
import { SEGMENT_HOURS } from './kafka/kafka-topics.js';

const EVERY_MS = 10 * 60_000;
/**
 * A day longer than a bus keeps messages, which on Kafka is a segment longer than it is told: what may come again must still
 * be known. Of what is kept for good, the version tells.
 */
const INBOX_HOURS = topicStorage.retentionHours + SEGMENT_HOURS + 24;

/** Deletes what nobody can ask for any more. */
export class Housekeeping {
  #timer: NodeJS.Timeout | undefined;
  #tidying: Promise<void> | undefined;
  #stopped = false;

  constructor(
    private readonly db: Database,
    private readonly log: Log,
  ) {}

  start(): void {
    this.#timer = setInterval(() => void this.tidy(), EVERY_MS).unref();
  }

  /** What is being deleted ends with the portion in hand, for the database closes. */
  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
  }

  /** Whoever asks while this goes on gets that: after a flood it may take longer than the pause between two times. */
  tidy(): Promise<void> {
    return (this.#tidying ??= this.#tidy().finally(() => (this.#tidying = undefined)));
  }

  async #tidy(): Promise<void> {
    try {
      await new Inbox(this.db).prune(INBOX_HOURS);
      if (await hasChangeLog(this.db)) await pruneChanges(this.db);
    } catch (error) {
      if (!this.#stopped) this.log.warn({ error }, 'Could not tidy up; trying again later');
    }
  }
}

async function hasChangeLog(db: Database): Promise<boolean> {
  const [row]: { there: boolean }[] = await db.worker.query(
    `SELECT to_regclass('change_log') IS NOT NULL AS there`,
  );
  return row?.there ?? false;
}
