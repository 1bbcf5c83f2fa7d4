import { ConnectionStatus, topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { makeDue } from '@cleanroom/persistence';
import { wakeRunnersWhere } from './wake-runners.js';

const RECIPIENT = 'provisioning';

/** Learns of a GitLab and its credentials. */
export const onGitLabConnection = (clock: Clock) =>
  consumer(topics.gitlabConnection, async (tx, { message, organizationId, version }) => {
    const wrapped = message.accessTokens.find(({ recipient }) => recipient === RECIPIENT);
    const usable = message.status !== ConnectionStatus.CREDENTIALS_INVALID && !message.deleted;
    await tx.query(
      `INSERT INTO gitlab_connection (id, organization_id, version, url, usable, deleted, token_sealed)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (id) DO UPDATE SET version = excluded.version, url = excluded.url, usable = excluded.usable,
         deleted = excluded.deleted, token_sealed = excluded.token_sealed, refused_until = NULL
       WHERE gitlab_connection.version < excluded.version`,
      [
        message.gitlabConnectionId,
        organizationId,
        version.toString(),
        message.url,
        usable,
        message.deleted,
        wrapped && !message.deleted ? Buffer.from(wrapped.sealed) : null,
      ],
    );
    await tx.query(`INSERT INTO observation (id, organization_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
      message.gitlabConnectionId,
      organizationId,
    ]);
    await makeDue(tx, 'observation', message.gitlabConnectionId, clock.now());
    const pools = 'pool_id IN (SELECT id FROM pool WHERE gitlab_connection_id = $1)';
    await wakeRunnersWhere(tx, clock, pools, message.gitlabConnectionId);
  });
