import { topics } from '@cleanroom/contracts';
import type { Clock } from '@cleanroom/kernel';
import { consumer } from '@cleanroom/messaging';
import { makeDue } from '@cleanroom/persistence';

/** A runner that is new needs an address; one whose life is over gives it back. */
export const onRunner = (clock: Clock) =>
  consumer(topics.runner, async (tx, { message, organizationId, version }) => {
    const wish = message.releaseStaticIp ? 'RELEASING' : 'RESERVING';
    const [changed]: { changed: boolean }[] = await tx.query(
      `WITH saved AS (
         INSERT INTO static_ip (id, organization_id, pool_id, hetzner_project_id, source_version, status, seat, locations)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (id) DO UPDATE SET source_version = excluded.source_version,
           status = CASE WHEN excluded.status = 'RELEASING' AND static_ip.status <> 'RELEASED' THEN 'RELEASING' ELSE static_ip.status END
         WHERE static_ip.source_version < excluded.source_version RETURNING id)
       SELECT EXISTS (SELECT FROM saved) AS changed`,
      [
        message.runnerId,
        organizationId,
        message.poolId,
        message.hetznerProjectId,
        version.toString(),
        wish,
        message.seat,
        message.locations,
      ],
    );
    if (changed?.changed) await makeDue(tx, 'static_ip', message.runnerId, clock.now());
  });
