import type { Database } from '@cleanroom/persistence';
import { changeChannel } from './append-change.js';

/** One subscriber's ear: hears that its organisation's log has grown. */
export interface Follower {
  /** Resolves once the log reaches beyond `position`, or when the follower ends. */
  waitBeyond(position: bigint): Promise<void>;
  leave(): void;
}

/** Notifications may be lost with a connection; this look, one for all followers, finds what they missed. */
const NET_MS = 1_000;

const hubs = new WeakMap<Database, ChangeHub>();

/** The one hub of a database. */
export function changeHubOf(db: Database): ChangeHub {
  const hub = hubs.get(db) ?? new ChangeHub(db);
  hubs.set(db, hub);
  return hub;
}

/** Wakes the followers of an organisation when its log grows; at rest it costs one query per second for all of them. */
class ChangeHub {
  readonly #ears = new Map<string, Set<Ear>>();
  #stopListening: (() => void) | undefined;
  #net: NodeJS.Timeout | undefined;

  constructor(private readonly db: Database) {}

  follow(organizationId: string, end: AbortSignal): Follower {
    const ears = this.#ears.get(organizationId) ?? new Set();
    const ear = new Ear(() => this.#leave(organizationId, ear));
    this.#ears.set(organizationId, ears.add(ear));
    end.addEventListener('abort', () => ear.rouse(), { once: true });
    this.#open();
    return ear;
  }

  #open(): void {
    this.#stopListening ??= this.db.listen(changeChannel, (payload) => this.#hear(payload));
    this.#net ??= setInterval(() => void this.#look(), NET_MS).unref();
  }

  #leave(organizationId: string, ear: Ear): void {
    const ears = this.#ears.get(organizationId);
    ears?.delete(ear);
    if (ears?.size === 0) this.#ears.delete(organizationId);
    if (this.#ears.size > 0) return;
    this.#stopListening?.();
    clearInterval(this.#net);
    this.#stopListening = this.#net = undefined;
  }

  #hear(payload: string): void {
    const [organizationId = '', sequence] = payload.split(' ');
    if (!sequence) return void this.#look();
    for (const ear of this.#ears.get(organizationId) ?? []) ear.hear(BigInt(sequence));
  }

  async #look(): Promise<void> {
    try {
      const rows: { organization_id: string; last_seq: string }[] = await this.db.worker.query(
        'SELECT organization_id, last_seq FROM change_counter WHERE organization_id = ANY($1)',
        [[...this.#ears.keys()]],
      );
      for (const row of rows) this.#hear(`${row.organization_id} ${row.last_seq}`);
    } catch {
      // The database is away; its followers learn that when they read, and the next look comes by itself.
    }
  }
}

class Ear implements Follower {
  #heard = 0n;
  #ended = false;
  #wake: (() => void) | undefined;
  #awaited = 0n;

  constructor(readonly leave: () => void) {}

  hear(sequence: bigint): void {
    if (sequence > this.#heard) this.#heard = sequence;
    if (this.#heard > this.#awaited) this.#wake?.();
  }

  rouse(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async waitBeyond(position: bigint): Promise<void> {
    if (this.#ended || this.#heard > position) return;
    this.#awaited = position;
    await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = undefined;
  }
}
