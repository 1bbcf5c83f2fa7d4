import { createHash, createHmac, randomBytes } from 'node:crypto';
import { composeId, type Clock, type Log } from '@cleanroom/kernel';
import { renderUserData } from '@cleanroom/machine';
import type { Database } from '@cleanroom/persistence';
import { addLogFields } from '@cleanroom/service-kit';
import type { ProvisioningConfig } from '../config.js';
import type { ProvisioningPorts } from '../ports.js';
import { PostgresTransactions } from './postgres/transactions.js';
import type { Providers } from './provider-access.js';

/** Under these tokens Nest finds what the actions need. */
export const PROVISIONING_PORTS = Symbol('ProvisioningPorts');
export const PROVIDERS = Symbol('Providers');
export const WORKING_SINCE = Symbol('WorkingSince');

export interface ProvisioningPortsOptions {
  config: ProvisioningConfig;
  database: Database;
  providers: Providers;
  clock: Clock;
  log: Log;
  workingSince: Date;
  hearingSince: ProvisioningPorts['hearingSince'];
}

/** Real milliseconds until all of an installation that starts works; the gateway, for one, comes up after us. */
const STARTING_MS = 10_000;

/** From when on a process that starts now can be told of anything. */
export const workingFrom = (clock: Clock): Date =>
  new Date(clock.now().getTime() + STARTING_MS * clock.factor);

/** What the actions need, made of PostgreSQL, Hetzner and GitLab. */
export const provisioningPorts = ({
  config,
  database,
  providers,
  clock,
  log,
  workingSince,
  hearingSince,
}: ProvisioningPortsOptions): ProvisioningPorts => ({
  transactions: new PostgresTransactions(database, clock),
  providers,
  installation: config.CLEANROOM_INSTALLATION,
  now: () => clock.now(),
  clockFactor: clock.factor,
  workingSince,
  hearingSince,
  newId: (kind) => composeId(kind, clock.now(), randomBytes(16)),
  ticketOf: (machineId, generation, attempt) => {
    const key = Buffer.from(config.CLEANROOM_TICKET_KEY, 'base64');
    return `crt_${createHmac('sha256', key).update(`${machineId}:${generation}:${attempt}`).digest('base64url')}`;
  },
  hashOf: (ticket) => createHash('sha256').update(ticket).digest(),
  renderUserData: ({ id, generation }, ticket) =>
    renderUserData({
      origin: config.CLEANROOM_PUBLIC_ORIGIN,
      ...(config.CLEANROOM_ORIGIN_PIN
        ? { originKey: config.CLEANROOM_ORIGIN_PIN.replace('sha256//', '') }
        : {}),
      ...(config.CLEANROOM_RUNNER_SHA256 ? { runnerSha256: config.CLEANROOM_RUNNER_SHA256 } : {}),
      machineId: id,
      generation,
      ticket,
    }),
  log,
  logPool: (pool) => addLogFields({ pool }),
});
