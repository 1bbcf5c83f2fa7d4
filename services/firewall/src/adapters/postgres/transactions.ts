import { finishLease, inOrganization, type Database } from '@cleanroom/persistence';
import type { Clock } from '@cleanroom/kernel';
import type { EntityManager } from 'typeorm';
import type { FirewallTransaction, Transactions } from '../../ports.js';
import { appendAudit } from '../events/append-audit.js';
import { OutboxEvents } from '../events/outbox-events.js';
import { PostgresBaselineStore } from './baseline.store.js';
import { PostgresLeftFirewallStore } from './left-firewall.store.js';
import { PostgresMachineStore } from './machine.store.js';
import { PostgresPolicyFirewallStore } from './policy-firewall.store.js';
import { PostgresPolicyStore } from './policy.store.js';
import { PostgresPoolStore } from './pool.store.js';
import { PostgresSightedFirewallStore } from './sighted-firewall.store.js';
import { PostgresVerificationStore } from './verification.store.js';

/** Transactions of one organisation, in PostgreSQL. */
export class PostgresTransactions implements Transactions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  inOrganization<T>(organizationId: string, work: (tx: FirewallTransaction) => Promise<T>): Promise<T> {
    return inOrganization(this.database, organizationId, (tx) => work(this.over(tx, organizationId)));
  }

  private over(tx: EntityManager, organizationId: string): FirewallTransaction {
    return {
      audit: (record) => appendAudit(tx, record),
      policies: new PostgresPolicyStore(tx),
      pools: new PostgresPoolStore(tx, this.clock.now()),
      baselines: new PostgresBaselineStore(tx, this.clock.now()),
      policyFirewalls: new PostgresPolicyFirewallStore(tx, this.clock.now()),
      leftFirewalls: new PostgresLeftFirewallStore(tx),
      sightedFirewalls: new PostgresSightedFirewallStore(tx),
      machines: new PostgresMachineStore(tx),
      verifications: new PostgresVerificationStore(tx, this.clock.now()),
      events: new OutboxEvents(tx, organizationId),
      finish: (table, lease, nextDueAt) => finishLease(tx, table, lease, nextDueAt),
    };
  }
}
