import { setTimeout as sleep } from 'node:timers/promises';
import { context } from '@opentelemetry/api';
import { inOrganization, type Database } from '@cleanroom/persistence';
import type { DescMessage } from '@bufbuild/protobuf';
import type { EntityManager } from 'typeorm';
import type { Log } from '@cleanroom/kernel';
import { Batches } from './batches.js';
import type { Consumer, IncomingEvent } from './consumer.js';
import { park, type ParkReason } from './dead-letters.js';
import type { BusMessage } from './event-bus.js';
import { Inbox, markHandled, type Attempts } from './inbox.js';
import { isInfrastructureFailure, isStatementTimeout } from './infrastructure-failure.js';
import { parseEvent, UnreadableEvent } from './parse-event.js';
import { Turns } from './turns.js';

export type Outcome = 'handled' | 'duplicate' | 'parked';

export interface EventHandlerOptions {
  readonly db: Database;
  readonly log: Log;
  /** Real milliseconds before each retry; their number is the number of retries. */
  readonly retryDelays: readonly number[];
  /** How often an event's statements may take too long; after once more it is put aside. */
  readonly mostTimeouts: number;
  /** Ends the waiting for a retry; the message then comes again. */
  readonly signal: AbortSignal;
}

/**
 * A start without an end makes an event suspect: it may have killed the process, or been in hand when something else did.
 * So it is begun again with nothing else in hand. After so many further starts without an end it was the killer.
 */
const MOST_ALONE = 2;
/** Real time for which a suspect waits to be alone. */
const PATIENCE_MS = 5_000;

/** Transactions with effects at once: the service's queries need connections too. */
const LANES = 3;
/** Most events of one transaction: what fails or is killed with the others is soon tried again. */
const MOST_TOGETHER = 50;

type Event = IncomingEvent<DescMessage>;

/** An event whose effect is wanted. */
interface Due extends Pick<Event, 'topic' | 'id' | 'organizationId'> {
  readonly handle: (tx: EntityManager) => Promise<void>;
}

/** Handles messages exactly once in effect, and puts those aside that cannot be handled. */
export class EventHandler {
  readonly #inbox: Inbox;
  readonly #turns = new Turns();
  readonly #starts: Batches<Event, Attempts | undefined>;
  readonly #effects: Batches<Due, Outcome>;
  /** How often statements of an event took too long since this process took it in hand. */
  readonly #timeouts = new Map<string, number>();

  constructor(private readonly options: EventHandlerOptions) {
    const { db } = options;
    const inbox = (this.#inbox = new Inbox(db));
    this.#starts = new Batches({
      lanes: 1,
      most: MOST_TOGETHER,
      groupOf: () => 'all',
      work: (events) => inbox.start(events),
    });
    this.#effects = new Batches({
      lanes: LANES,
      most: MOST_TOGETHER,
      // A transaction sees the rows of one organisation.
      groupOf: ({ organizationId }) => organizationId,
      work: (due) => applyTogether(db, due),
    });
  }

  /**
   * Resolves when the message is done with, one way or another.
   *
   * @throws Error when the database cannot be reached or we are stopping: the message must come again
   */
  async handle(consumer: Consumer, message: BusMessage): Promise<Outcome> {
    let event: Event;
    try {
      event = parseEvent(consumer.topic, message);
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error;
      return this.#park(message, error.reason, error);
    }
    for (let failures = 0; ; failures++) {
      const outcome = await this.#try(consumer, message, event, failures);
      if (outcome !== 'failed') return outcome;
      await sleep(this.options.retryDelays[failures], undefined, { signal: this.options.signal });
    }
  }

  async #try(
    consumer: Consumer,
    message: BusMessage,
    event: Event,
    failures: number,
  ): Promise<Outcome | 'failed'> {
    const attempts = await this.#starts.do(event);
    if (!attempts) return 'duplicate';
    const attempt = () => this.#attempt(consumer, message, event, failures);
    if (attempts.started - 1 <= attempts.finished) return this.#turns.together(attempt);
    return this.#turns.alone(PATIENCE_MS, async (alone) => {
      const begun = alone ? await this.#inbox.startAlone(event) : 0;
      if (begun === undefined) return 'duplicate';
      if (begun <= MOST_ALONE) return attempt();
      const detail = `begun ${attempts.started - 1} times, ended ${attempts.finished} times`;
      return this.#park(message, 'killed-process', new Error(detail));
    });
  }

  async #attempt(
    consumer: Consumer,
    message: BusMessage,
    event: Event,
    failures: number,
  ): Promise<Outcome | 'failed'> {
    try {
      const outcome = await this.#apply(consumer, event);
      this.#timeouts.delete(event.id);
      return outcome;
    } catch (error) {
      await this.#inbox.finish(event);
      const tooSlow = isStatementTimeout(error) && this.#isOnceTooOften(event);
      if (!tooSlow && isInfrastructureFailure(error)) throw error;
      if (tooSlow || failures >= this.options.retryDelays.length) return this.#park(message, 'failed', error);
      this.options.log.warn(
        { error, topic: event.topic, event: event.id, key: event.key },
        'An event failed; retrying',
      );
      return 'failed';
    }
  }

  #isOnceTooOften({ id }: Event): boolean {
    const times = (this.#timeouts.get(id) ?? 0) + 1;
    const tooOften = times > this.options.mostTimeouts;
    if (tooOften) this.#timeouts.delete(id);
    else this.#timeouts.set(id, times);
    return tooOften;
  }

  #apply(consumer: Consumer, event: Event): Promise<Outcome> {
    // Whoever's turn it is to run the batch, each handler runs in the trace of its own event.
    const handle = context.bind(context.active(), (tx: EntityManager) => consumer.handle(tx, event));
    const { topic, id, organizationId } = event;
    return this.#effects.do({ topic, id, organizationId, handle });
  }

  async #park(message: BusMessage, reason: ParkReason, error: unknown): Promise<Outcome> {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (!(await park(this.options.db, message, reason, detail))) return 'duplicate';
    this.options.log.error({ error, reason, topic: message.topic, key: message.key }, 'A message was parked');
    return 'parked';
  }
}

/** One transaction for all: the marks first, so that a second one with the same event waits, then each effect. */
function applyTogether(db: Database, due: readonly Due[]): Promise<Outcome[]> {
  const organizationId = due[0]?.organizationId ?? '';
  return inOrganization(db, organizationId, async (tx) => {
    const fresh = new Set(await markHandled(tx, due));
    for (const one of due) if (fresh.has(one)) await one.handle(tx);
    return due.map((one) => (fresh.has(one) ? 'handled' : 'duplicate'));
  });
}
