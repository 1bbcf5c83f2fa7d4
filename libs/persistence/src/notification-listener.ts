import pg from 'pg';

type Handler = (payload: string) => void;

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 2_000;

/** One connection that hears PostgreSQL's notifications; opened by the first subscription, reconnects by itself. */
export class NotificationListener {
  readonly #handlers = new Map<string, Set<Handler>>();
  #client: pg.Client | undefined;
  #connecting: Promise<void> | undefined;
  #retryTimer: NodeJS.Timeout | undefined;
  #retryMs = FIRST_RETRY_MS;
  #closed = false;
  /** A connection takes one statement at a time. */
  #statements: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly url: string,
    private readonly applicationName: string,
  ) {}

  /** Calls `handler` with the payload of each notification; with '' after each (re)connect. Returns unsubscribe. */
  listen(channel: string, handler: Handler): () => void {
    const handlers = this.#handlers.get(channel) ?? new Set();
    const isNewChannel = handlers.size === 0;
    this.#handlers.set(channel, handlers.add(handler));
    if (this.#client && isNewChannel) this.#subscribe(this.#client, channel);
    else if (!this.#client) this.#connect();
    return () => this.#unsubscribe(channel, handler);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retryTimer);
    await this.#connecting;
    await this.#client?.end();
    this.#client = undefined;
  }

  #connect(): void {
    if (this.#closed || this.#connecting) return;
    this.#connecting = this.#open()
      .catch(() => this.#connectLater())
      .finally(() => (this.#connecting = undefined));
  }

  async #open(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: `${this.applicationName} listener`,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    // Without a handler for its errors, a broken connection would end the process.
    client.on('error', () => undefined);
    client.on('notification', ({ channel, payload }) => this.#tell(channel, payload ?? ''));
    await client.connect();
    client.once('end', () => this.#lost(client));
    this.#client = client;
    this.#retryMs = FIRST_RETRY_MS;
    for (const channel of this.#handlers.keys()) this.#subscribe(client, channel);
  }

  #subscribe(client: pg.Client, channel: string): void {
    this.#statements = this.#statements
      .then(() => client.query(`LISTEN ${pg.escapeIdentifier(channel)}`))
      .then(() => this.#tell(channel, ''))
      // A connection that cannot listen is given up; its end begins the next one.
      .catch(() => void client.end().catch(() => undefined));
  }

  #unsubscribe(channel: string, handler: Handler): void {
    const handlers = this.#handlers.get(channel);
    handlers?.delete(handler);
    if (handlers?.size !== 0) return;
    this.#handlers.delete(channel);
    this.#statements = this.#statements
      .then(async () => {
        if (!this.#handlers.has(channel))
          await this.#client?.query(`UNLISTEN ${pg.escapeIdentifier(channel)}`);
      })
      .catch(() => undefined);
  }

  #tell(channel: string, payload: string): void {
    for (const handler of this.#handlers.get(channel) ?? []) handler(payload);
  }

  #lost(client: pg.Client): void {
    if (this.#client === client) this.#client = undefined;
    this.#connectLater();
  }

  #connectLater(): void {
    if (this.#closed) return;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.#connect(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
  }
}
