import type { EntityManager } from 'typeorm';
import type { Database } from './database.js';

/**
 * One transaction under the worker role: finds and leases rows of every organisation, changes nothing else. What was
 * found is worked on in {@link inOrganization}.
 */
export const acrossOrganizations = <T>(db: Database, work: (tx: EntityManager) => Promise<T>): Promise<T> =>
  db.worker.transaction(work);
