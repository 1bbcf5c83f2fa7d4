import pg from 'pg';

/**
 * A connection whose end is nobody's surprise. Between the pool's hand and TypeORM's nobody listens for its errors,
 * and one that arrives with the very answer to a connect (PostgreSQL restarted at that moment) would end the process.
 * Whoever uses the broken connection still gets the error, with the query.
 */
export class TolerantClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}
