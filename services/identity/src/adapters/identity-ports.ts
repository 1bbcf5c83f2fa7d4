import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { composeId, type Clock, type Log } from '@cleanroom/kernel';
import type { Database } from '@cleanroom/persistence';
import { hashToken, newToken, sealer } from '@cleanroom/secrets';
import type { IdentityConfig } from '../config.js';
import { credentialFrom, credentialText, type CredentialHolder } from '../domain/machine-credential.js';
import type { IdentityPorts } from '../ports.js';
import { OpenProviders } from './open-providers.js';
import { PostgresTransactions } from './postgres/transactions.js';

export interface IdentityPortsOptions {
  config: IdentityConfig;
  database: Database;
  clock: Clock;
  log: Log;
}

/** Where GitLab is to send the webhooks of a connection. */
export const webhookUrlOf =
  (publicOrigin: string) =>
  (connectionId: string): string =>
    `${publicOrigin}/webhooks/gitlab/${connectionId}`;

/** What the actions need, made of PostgreSQL, Hetzner and GitLab. */
export const identityPorts = ({ config, database, clock, log }: IdentityPortsOptions): IdentityPorts => ({
  transactions: new PostgresTransactions({
    database,
    clock,
    sealer: sealer(config.CLEANROOM_MASTER_KEY),
    recipientKeys: config.CLEANROOM_RECIPIENT_KEYS,
    webhookUrl: webhookUrlOf(config.CLEANROOM_PUBLIC_ORIGIN),
  }),
  providers: new OpenProviders(config, clock),
  installation: config.CLEANROOM_INSTALLATION,
  publicOrigin: config.CLEANROOM_PUBLIC_ORIGIN,
  now: () => clock.now(),
  realNow: () => new Date(),
  newId: (kind) => composeId(kind, clock.now(), randomBytes(16)),
  newToken,
  hashOf: hashToken,
  credentialOf: credentials(config.CLEANROOM_MASTER_KEY),
  log,
});

/** With a key of its own, so that what is sealed with the master key has nothing to do with what is given away. */
function credentials(masterKey: string): (holder: CredentialHolder) => string {
  const key = Buffer.from(
    hkdfSync('sha256', Buffer.from(masterKey, 'base64'), '', 'cleanroom machine credential', 32),
  );
  return (holder) =>
    credentialFrom(holder, createHmac('sha256', key).update(credentialText(holder)).digest('base64url'));
}
