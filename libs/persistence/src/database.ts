import type { DataSource, EntitySchema } from 'typeorm';
import { heartbeat } from './heartbeat.js';
import { NotificationListener } from './notification-listener.js';
import { openPool } from './open-pool.js';

/** The two roles under which one service speaks to its database, and its notifications. */
export interface Database {
  /** Sees the rows of the organisation that the transaction has set, and no others; use {@link inOrganization}. */
  readonly app: DataSource;
  /** Sees every organisation's rows and may change lease columns only; use {@link acrossOrganizations}. */
  readonly worker: DataSource;
  /** Name under which the connections show in `pg_stat_activity`; by convention the service's name. */
  readonly applicationName: string;
  /** Resolves when the database answers, whatever work it has; rejects otherwise, after 2 seconds at the latest. */
  ping(): Promise<void>;
  /**
   * Hears notifications of a channel over one dedicated connection, which reconnects by itself. After a reconnect
   * the handler is called once with an empty payload, because notifications may have been missed.
   * @returns a function that ends the subscription
   */
  listen(channel: string, handler: (payload: string) => void): () => void;
  /** Closes all connections; running queries are awaited. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Connection address of the app role. */
  readonly url: string;
  /** Connection address of the worker role. */
  readonly workerUrl: string;
  readonly entities: EntitySchema[];
  readonly applicationName: string;
  /** Most connections of the app role. @default 5 */
  readonly poolSize?: number;
  /** Most connections of the worker role. @default 2 */
  readonly workerPoolSize?: number;
}

/** Connects both roles; rejects when the database cannot be reached. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { url, workerUrl, entities, applicationName, poolSize = 5, workerPoolSize = 2 } = options;
  const app = await openPool({ url, entities, applicationName, poolSize });
  const worker = await openPool({
    url: workerUrl,
    entities,
    applicationName,
    poolSize: workerPoolSize,
  }).catch(async (error: unknown) => {
    await app.destroy();
    throw error;
  });
  const listener = new NotificationListener(workerUrl, applicationName);
  const heart = heartbeat(url, applicationName);
  return {
    app,
    worker,
    applicationName,
    ping: heart.beat,
    listen: (channel, handler) => listener.listen(channel, handler),
    close: async () =>
      void (await Promise.all([listener.close(), heart.close(), app.destroy(), worker.destroy()])),
  };
}
