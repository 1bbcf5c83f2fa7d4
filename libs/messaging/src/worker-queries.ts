/** What is needed of a database to look after its letters: a service's, or a plain connection under its worker role. */
export interface WorkerQueries {
  readonly worker: { query(sql: string, parameters?: unknown[]): Promise<unknown> };
}
