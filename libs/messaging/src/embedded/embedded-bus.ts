import { randomUUID } from 'node:crypto';
import { NotificationListener, runMigrations } from '@cleanroom/persistence';
import pg from 'pg';
import type { BusMessage, EventBus, SubscribeOptions, Subscription } from '../event-bus.js';
import { busMigrations } from './bus-migrations.js';
import { EmbeddedOperator } from './embedded-operator.js';
import { GroupClaims, groupChannel } from './group-claims.js';
import { GroupMembership } from './group-membership.js';
import { GroupSubscription } from './group-subscription.js';
import { MessageLog, messageChannel } from './message-log.js';

export interface EmbeddedBusOptions {
  readonly clientId: string;
  /** Real seconds after which a silent member's partitions go to others. @default 6 */
  readonly leaseSeconds?: number;
  /** Real milliseconds between two looks for messages without a notification. @default 1000 */
  readonly pollMilliseconds?: number;
  /** Hours of real time that messages are kept. @default 168 */
  readonly keptHours?: number;
}

const POOL_SIZE = 3;
const PRUNE_EVERY_MS = 10 * 60_000;

/** The bus in a PostgreSQL database of its own: an append-only log that needs nothing but what is there anyway. */
export class EmbeddedBus implements EventBus {
  readonly operator: EmbeddedOperator;
  readonly #log: MessageLog;
  readonly #subscriptions = new Set<GroupSubscription>();
  readonly #pruning: NodeJS.Timeout;
  #reached = true;

  private constructor(
    private readonly pool: pg.Pool,
    private readonly listener: NotificationListener,
    private readonly options: Required<EmbeddedBusOptions>,
  ) {
    this.#log = new MessageLog(pool);
    this.operator = new EmbeddedOperator(pool);
    this.#pruning = setInterval(() => void this.prune().catch(() => undefined), PRUNE_EVERY_MS).unref();
    listener.listen(messageChannel, (name) => this.#each((s) => s.heardOfMessage(name || undefined)));
    listener.listen(groupChannel, () => this.#each((s) => s.heardOfGroup()));
  }

  /** @param url of a role that owns the database, so that missing tables can be made */
  static async open(url: string, options: EmbeddedBusOptions): Promise<EmbeddedBus> {
    const pool = new pg.Pool({
      connectionString: url,
      max: POOL_SIZE,
      application_name: options.clientId,
      statement_timeout: 15_000,
      connectionTimeoutMillis: 10_000,
    });
    // A broken idle connection is replaced; without a handler it would end the process.
    pool.on('error', () => undefined);
    const { rows } = await pool.query<{ made: boolean }>(
      `SELECT to_regclass('bus_member') IS NOT NULL AS made`,
    );
    if (!rows[0]?.made) await runMigrations({ ownerUrl: url, migrations: busMigrations });
    const defaults = { leaseSeconds: 6, pollMilliseconds: 1_000, keptHours: 7 * 24 };
    return new EmbeddedBus(pool, new NotificationListener(url, options.clientId), {
      ...defaults,
      ...options,
    });
  }

  ensureTopics(names: readonly string[]): Promise<void> {
    return this.#log.ensureTopics(names);
  }

  async publish(messages: readonly BusMessage[]): Promise<void> {
    try {
      await this.#log.publish(messages);
      this.#reached = true;
    } catch (error) {
      this.#reached = false;
      throw error;
    }
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    const { leaseSeconds, pollMilliseconds, clientId } = this.options;
    await this.ensureTopics(options.topics);
    const member = `${clientId} ${randomUUID()}`;
    const claims = new GroupClaims(this.pool, options.group, member, options.topics, leaseSeconds);
    const subscription = new GroupSubscription({
      ...options,
      log: this.#log,
      claims,
      membership: new GroupMembership(claims, leaseSeconds * 1_000),
      pollMilliseconds,
      heartbeatMilliseconds: (leaseSeconds * 1_000) / 3,
      onReached: (reached) => (this.#reached = reached),
    });
    this.#subscriptions.add(subscription);
    await subscription.start();
    return {
      stop: async () => {
        this.#subscriptions.delete(subscription);
        await subscription.stop();
      },
    };
  }

  healthy(): boolean {
    return this.#reached;
  }

  /** Forgets messages that are older than they are kept. */
  prune(): Promise<void> {
    return this.#log.prune(this.options.keptHours);
  }

  async close(): Promise<void> {
    clearInterval(this.#pruning);
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.stop()));
    this.#subscriptions.clear();
    await this.listener.close();
    await this.pool.end();
  }

  #each(tell: (subscription: GroupSubscription) => void): void {
    for (const subscription of this.#subscriptions) tell(subscription);
  }
}
