import { QueryFailedError } from 'typeorm';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const DEADLOCK_DETECTED = '40P01';

/** True for the error of the transaction that PostgreSQL gave up so that others could go on. */
export const isDeadlock = (error: unknown): boolean =>
  error instanceof QueryFailedError && (error.driverError as { code?: string }).code === DEADLOCK_DETECTED;
