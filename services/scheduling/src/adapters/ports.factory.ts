import { randomBytes } from 'node:crypto';
import { guardedFetch, withCrashPoints } from '@cleanroom/service-kit';
import { composeId, type Clock, type Log } from '@cleanroom/kernel';
import type { Database } from '@cleanroom/persistence';
import { sealer, unwrapWith } from '@cleanroom/secrets';
import type { SchedulingConfig } from '../config.js';
import { GitLabRefused, type Connection, type Ports } from '../ports.js';
import { gitlabOver } from './gitlab/gitlab.client.js';
import { webhookCheck } from './gitlab/webhook-check.js';
import { publicHolidays } from './holidays/public-holidays.js';
import { transactionsOf } from './postgres/ledger.store.js';
import { hookVault } from './secrets/hook-vault.js';

/** Of one call to a customer's GitLab. */
const TIMEOUT_MS = 5_000;

/** Everything outside of this service, for real. */
export const portsOf = (config: SchedulingConfig, db: Database, clock: Clock, log: Log): Ports => {
  const fetch = guardedFetch({
    allowedPrivateHosts: config.CLEANROOM_ALLOWED_PRIVATE_HOSTS,
    timeoutMs: TIMEOUT_MS,
  });
  const openToken = async ({ id, organizationId, accessToken }: Connection) => {
    if (!accessToken) throw new GitLabRefused('the connection has no access token');
    return unwrapWith(config.CLEANROOM_RECIPIENT_PRIVATE_KEY, accessToken, {
      organizationId,
      kind: 'gitlab-token',
      rowId: id,
    });
  };
  return {
    transactions: transactionsOf(db),
    gitlab: withCrashPoints('scheduling.gitlab', gitlabOver({ openToken, fetch }), config.CLEANROOM_CRASH_AT),
    vault: hookVault(sealer(config.CLEANROOM_MASTER_KEY)),
    webhooks: webhookCheck,
    holidays: publicHolidays,
    clock,
    log,
    newId: (kind, at) => composeId(kind, at, randomBytes(16)),
  };
};
