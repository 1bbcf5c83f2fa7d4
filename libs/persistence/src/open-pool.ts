import { DataSource, type EntitySchema } from 'typeorm';
import pg from 'pg';
import { TolerantClient } from './tolerant-client.js';

/** Longer than any statement of ours takes; a stuck one must not hold its locks for ever. */
const STATEMENT_TIMEOUT_MS = 15_000;
/** A process that was stopped inside a transaction gives its locks back after this time. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
const IDLE_CONNECTION_MS = 60_000;

export interface PoolOptions {
  readonly url: string;
  readonly entities: EntitySchema[];
  readonly applicationName: string;
  readonly poolSize: number;
}

/** One TypeORM pool under one role: never synchronises the schema, never installs extensions. */
export async function openPool({
  url,
  entities,
  applicationName,
  poolSize,
}: PoolOptions): Promise<DataSource> {
  return new DataSource({
    type: 'postgres',
    driver: pg,
    url,
    entities,
    applicationName,
    poolSize,
    synchronize: false,
    installExtensions: false,
    logging: false,
    // An idle connection that breaks is replaced by the pool; whoever uses a broken one gets the error itself.
    poolErrorHandler: () => undefined,
    extra: {
      Client: TolerantClient,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      idleTimeoutMillis: IDLE_CONNECTION_MS,
      keepAlive: true,
    },
  }).initialize();
}
