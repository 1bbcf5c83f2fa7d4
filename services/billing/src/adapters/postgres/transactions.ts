import { finishLease, inOrganization, type Database } from '@cleanroom/persistence';
import type { EntityManager } from 'typeorm';
import type { BillingTransaction, Transactions } from '../../ports.js';
import { appendAudit } from '../events/append-audit.js';
import { budgetOf, lockBudgets, markRefused, removeBudget, saveBudget, tellRoom } from './budget.store.js';
import {
  firstMeterBegan,
  meterOf,
  metersOfRunners,
  metersWithin,
  statedMetersOutside,
} from './meter.store.js';
import { timeZoneOf } from './organization.store.js';
import { pools } from './pool.store.js';
import { currencyOf, makePricesDue, priceBook, pricesReadAt, storePrices } from './price.store.js';
import { keepSpend, saveGrant, spendOf, spendsUnderWay } from './spend.store.js';
import { awaitedIps, keepStaticIpSpend, saveStaticIpGrant } from './static-ip-spend.store.js';
import { closedMonths, closeStatement, oldestOutlived, statedOf, statementOf } from './statement.store.js';

/** Transactions of one organisation, in PostgreSQL. */
export class PostgresTransactions implements Transactions {
  constructor(private readonly database: Database) {}

  inOrganization<T>(organizationId: string, work: (tx: BillingTransaction) => Promise<T>): Promise<T> {
    return inOrganization(this.database, organizationId, (tx) => work(billingTransaction(tx)));
  }
}

/** The stores over an open transaction, such as that of an event's consumer. */
export const billingTransaction = (tx: EntityManager): BillingTransaction => ({
  audit: (record) => appendAudit(tx, record),
  books: {
    metersOf: (runnerIds) => metersOfRunners(tx, runnerIds),
    metersWithin: (window, poolId) => metersWithin(tx, window, poolId),
    meter: (id) => meterOf(tx, id),
    firstMeterBegan: () => firstMeterBegan(tx),
    prices: () => priceBook(tx),
    currency: () => currencyOf(tx),
    timeZone: () => timeZoneOf(tx),
    pools: () => pools(tx),
  },
  budgets: {
    find: (scopeId) => budgetOf(tx, scopeId),
    lock: (poolId) => lockBudgets(tx, poolId),
    save: (budget) => saveBudget(tx, budget),
    remove: (scopeId) => removeBudget(tx, scopeId),
    markRefused: (scopeId) => markRefused(tx, scopeId),
    tellRoom: (poolId) => tellRoom(tx, poolId),
  },
  ...claims(tx),
  statements: {
    closedMonths: () => closedMonths(tx),
    metersOutside: (window, months) => statedMetersOutside(tx, window, months),
    oldestOutlived: () => oldestOutlived(tx),
    stated: (months) => statedOf(tx, months),
    close: (statement) => closeStatement(tx, statement),
    find: (month) => statementOf(tx, month),
  },
  storePrices: (hetznerProjectId, quotes, now) => storePrices(tx, hetznerProjectId, quotes, now),
  pricesReadAt: (hetznerProjectId) => pricesReadAt(tx, hetznerProjectId),
  makePricesDue: (hetznerProjectId, at) => makePricesDue(tx, hetznerProjectId, at),
  finish: (table, lease, nextDueAt) => finishLease(tx, table, lease, nextDueAt),
});

/** What was asked of budgets. */
const claims = (tx: EntityManager): Pick<BillingTransaction, 'spends' | 'staticIpSpends'> => ({
  spends: {
    keep: (spend, sourceVersion) => keepSpend(tx, spend, sourceVersion),
    find: (machineId) => spendOf(tx, machineId),
    underWay: (poolId) => spendsUnderWay(tx, poolId),
    decide: (spend, grant) => saveGrant(tx, spend, grant),
  },
  staticIpSpends: {
    keep: (told, now) => keepStaticIpSpend(tx, told, now),
    awaited: (poolId) => awaitedIps(tx, poolId),
    decide: (spend, grant, now) => saveStaticIpGrant(tx, spend, grant, now),
  },
});
