import {
  acrossOrganizations,
  finishLease,
  inOrganization,
  makeDue,
  type Database,
} from '@cleanroom/persistence';
import { currentTraceParent } from '@cleanroom/service-kit';
import type { EntityManager } from 'typeorm';
import type { Ledger } from '../../ledger-port.js';
import type { Transactions } from '../../ports.js';
import { appendAudit } from '../events/append-audit.js';
import { connectionStore } from './connection.store.js';
import { decisionStore } from './decision.store.js';
import { eventStore } from './event.store.js';
import { hetznerProjectStore } from './hetzner-project.store.js';
import { hintStore } from './hint.store.js';
import { hookStore } from './hook.store.js';
import { jobStore } from './job.store.js';
import { poolStore } from './pool.store.js';
import { projectStore } from './project.store.js';
import { readinessStore } from './readiness.store.js';
import { runnerStore } from './runner.store.js';
import { scheduleStore } from './schedule.store.js';

/** The ledger of a transaction that has its organisation set. */
export const ledgerOf = (tx: EntityManager): Ledger => ({
  audit: (record) => appendAudit(tx, record),
  connections: connectionStore(tx),
  hetznerProjects: hetznerProjectStore(tx),
  projects: projectStore(tx),
  hooks: hookStore(tx),
  hints: hintStore(tx),
  pools: poolStore(tx),
  runners: runnerStore(tx),
  readiness: readinessStore(tx),
  jobs: jobStore(tx),
  schedules: scheduleStore(tx),
  decisions: decisionStore(tx),
  events: eventStore(tx),
  work: {
    due: (table, id, at) => makeDue(tx, table, id, at, currentTraceParent()),
    finish: (table, lease, next) => finishLease(tx, table, lease, next),
  },
});

/** Transactions of this service's database. */
export const transactionsOf = (db: Database): Transactions => ({
  inOrganization: (organizationId, work) => inOrganization(db, organizationId, (tx) => work(ledgerOf(tx))),
  organizationOf: (connectionId) =>
    acrossOrganizations(db, async (tx) => {
      const query = 'SELECT organization_id FROM gitlab_connection WHERE id = $1';
      const rows = await tx.query<{ organization_id: string }[]>(query, [connectionId]);
      return rows[0]?.organization_id;
    }),
});
