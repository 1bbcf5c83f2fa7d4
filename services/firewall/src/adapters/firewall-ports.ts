import { randomBytes } from 'node:crypto';
import { composeId, type Clock, type Log } from '@cleanroom/kernel';
import type { Database } from '@cleanroom/persistence';
import { guardedFetch } from '@cleanroom/service-kit';
import type { FirewallConfig } from '../config.js';
import type { FirewallPorts } from '../ports.js';
import { HetznerAccess } from './hetzner/provider-access.js';
import { PostgresTransactions } from './postgres/transactions.js';

/** Under this token Nest finds what the actions need. */
export const FIREWALL_PORTS = Symbol('FirewallPorts');

export interface FirewallPortsOptions {
  config: FirewallConfig;
  database: Database;
  clock: Clock;
  log: Log;
}

/** What the actions need, made of PostgreSQL and Hetzner. */
export const firewallPorts = ({ config, database, clock, log }: FirewallPortsOptions): FirewallPorts => ({
  transactions: new PostgresTransactions(database, clock),
  provider: new HetznerAccess({
    database,
    privateKey: config.CLEANROOM_RECIPIENT_PRIVATE_KEY,
    installation: config.CLEANROOM_INSTALLATION,
    clock,
    fetch: guardedFetch({ allowedPrivateHosts: config.CLEANROOM_ALLOWED_PRIVATE_HOSTS }),
    crashAt: config.CLEANROOM_CRASH_AT,
  }),
  installation: config.CLEANROOM_INSTALLATION,
  now: () => clock.now(),
  newPolicyId: () => composeId('firewallPolicy', clock.now(), randomBytes(16)),
  log,
});
