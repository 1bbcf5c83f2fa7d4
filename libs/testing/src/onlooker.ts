import pg from 'pg';

/** Looks into a database, or changes it, behind the back of those who are tested. */
export interface Onlooker {
  /** Runs one statement, with no session of its own: nothing that is set in one holds for the next. */
  ask<T extends pg.QueryResultRow>(sql: string, parameters?: unknown[]): Promise<T[]>;
  /** Leaves the database. */
  close(): Promise<void>;
}

/** As many as a specification asks side by side, where one waits for a lock that another holds. */
const CONNECTIONS = 4;

/** Connects with the first question and stays: a connection for each costs more than most questions do. */
export function onlooker(connectionString: string): Onlooker {
  const pool = new pg.Pool({ connectionString, max: CONNECTIONS, idleTimeoutMillis: 0 });
  // An idle connection that breaks, with its server, is replaced by the next question.
  pool.on('error', () => undefined);
  return {
    ask: async <T extends pg.QueryResultRow>(sql: string, parameters: unknown[] = []) =>
      (await pool.query<T>(sql, parameters)).rows,
    close: () => pool.end(),
  };
}
