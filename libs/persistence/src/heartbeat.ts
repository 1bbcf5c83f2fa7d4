import pg from 'pg';

/** Longer than a database that works takes for nothing, on the busiest of machines. */
const BEAT_WITHIN_MS = 2_000;

/** Asks whether the database answers, whatever its other connections are busy with. */
export interface Heartbeat {
  /** Resolves when the database answers; rejects otherwise, after 2 seconds at the latest. */
  beat(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Over a connection of its own: all others may be taken by work that takes its time, and a service that is slow must not
 * look like one whose database is gone.
 */
export function heartbeat(connectionString: string, applicationName: string): Heartbeat {
  const pool = new pg.Pool({
    connectionString,
    application_name: `${applicationName} heartbeat`,
    max: 1,
    connectionTimeoutMillis: BEAT_WITHIN_MS,
    // A connection on which nothing comes back is given up, and the next beat opens another.
    query_timeout: BEAT_WITHIN_MS,
    keepAlive: true,
  });
  // An idle connection that breaks is replaced by the next beat.
  pool.on('error', () => undefined);
  return {
    beat: async () => void (await pool.query('SELECT 1')),
    close: () => pool.end(),
  };
}
