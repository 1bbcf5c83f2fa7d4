import { ConnectionStatus, type HetznerProjectChangedSchema, type ServiceName } from '@cleanroom/contracts';
import type { IncomingEvent } from '@cleanroom/messaging';
import type { EntityManager } from 'typeorm';

/**
 * Keeps what identity tells of a customer's Hetzner project in the service's own table `hetzner_project` (`id`,
 * `organization_id`, `version`, `endpoint`, `usable`, `deleted`, `token_sealed`; others are left as they are). Only the
 * credentials that are wrapped for `recipient` are kept, and none of a project that was disconnected: only a service that
 * has to clean up in it keeps those that it has, and forgets them itself.
 *
 * @returns whether it was news; false for an event that is not newer than the known one
 */
export async function keepHetznerProject(
  tx: EntityManager,
  recipient: ServiceName,
  { message, organizationId, version }: IncomingEvent<typeof HetznerProjectChangedSchema>,
  { toCleanUp = false } = {},
): Promise<boolean> {
  const wrapped = message.apiTokens.find((token) => token.recipient === recipient);
  const usable = message.status !== ConnectionStatus.CREDENTIALS_INVALID && !message.deleted;
  const kept: unknown[] = await tx.query(
    `INSERT INTO hetzner_project (id, organization_id, version, endpoint, usable, deleted, token_sealed)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (id) DO UPDATE SET version = excluded.version, endpoint = excluded.endpoint, usable = excluded.usable,
       deleted = excluded.deleted,
       token_sealed = CASE WHEN $8 AND excluded.deleted THEN hetzner_project.token_sealed ELSE excluded.token_sealed END
     WHERE hetzner_project.version < excluded.version RETURNING id`,
    [
      message.hetznerProjectId,
      organizationId,
      version.toString(),
      message.endpoint,
      usable,
      message.deleted,
      wrapped && !message.deleted ? Buffer.from(wrapped.sealed) : null,
      toCleanUp,
    ],
  );
  return kept.length > 0;
}
