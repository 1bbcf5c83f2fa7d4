import { topics, type GitLabConnectionChanged } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer, type Consumer } from '@cleanroom/messaging';
import { followConnection } from '../../actions/follow-connection.js';
import type { ConnectionNews, HookVault } from '../../ports.js';
import { ledgerOf } from '../postgres/ledger.store.js';
import { connectionStatus } from './connection-status.js';

/** The name under which identity encrypts for this service. */
const RECIPIENT = 'scheduling';

/** Hears of GitLab connections: where jobs are asked for, and with which token. */
export const onGitLabConnectionChanged = (clock: Clock, vault: HookVault): Consumer =>
  consumer(topics.gitlabConnection, (tx, { message }) =>
    followConnection(vault, ledgerOf(tx), connectionOf(message), clock.now()),
  );

function connectionOf(message: GitLabConnectionChanged): ConnectionNews {
  const wrapped = message.accessTokens.find(({ recipient }) => recipient === RECIPIENT);
  const { organizationId, url, webhookUrl, deleted } = message;
  return {
    id: message.gitlabConnectionId,
    organizationId,
    version: Number(message.version),
    status: connectionStatus(message.status),
    url,
    accessToken: wrapped && !deleted ? Buffer.from(wrapped.sealed) : null,
    webhookUrl,
    deleted,
  };
}
