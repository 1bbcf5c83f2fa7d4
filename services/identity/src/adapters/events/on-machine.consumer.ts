import { timestampDate } from '@bufbuild/protobuf/wkt';
import { topics } from '@cleanroom/contracts';
import { consumer } from '@cleanroom/messaging';
import type { EntityManager } from 'typeorm';
import { PostgresStaticIpStore } from '../postgres/static-ip.store.js';

const FRESH_TICKET =
  'machine.generation < excluded.generation OR machine.ticket_hash <> excluded.ticket_hash';
const keptWithTicket = (column: string): string =>
  `${column} = CASE WHEN ${FRESH_TICKET} THEN NULL ELSE machine.${column} END`;

/** Learns with which ticket a machine may enrol. A new generation knows nothing of what the one before was given. */
export const onMachine = () =>
  consumer(topics.machine, async (tx, { message, organizationId, version }) => {
    const expiresAt = message.ticketExpiresAt ? timestampDate(message.ticketExpiresAt) : new Date(0);
    await tx.query(
      `INSERT INTO machine (id, organization_id, runner_id, pool_id, source_version, generation, address, ticket_hash, ticket_expires_at, revoked, deleted)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (id) DO UPDATE SET source_version = excluded.source_version, generation = excluded.generation,
         address = excluded.address, ticket_hash = excluded.ticket_hash, ticket_expires_at = excluded.ticket_expires_at,
         revoked = excluded.revoked, deleted = excluded.deleted,
         ${['ticket_used_at', 'public_key'].map(keptWithTicket).join(', ')}
       WHERE machine.source_version < excluded.source_version`,
      [
        message.machineId,
        organizationId,
        message.runnerId,
        message.poolId,
        version.toString(),
        message.generation,
        message.address,
        Buffer.from(message.ticketHash),
        expiresAt,
        message.credentialRevoked,
        message.deletedAt !== undefined,
      ],
    );
    if (message.deletedAt) await endQuarantine(tx, message.runnerId);
  });

/** The address itself did nothing wrong: once no distrusted machine holds it, it is as good as before. */
async function endQuarantine(tx: EntityManager, runnerId: string): Promise<void> {
  const staticIps = new PostgresStaticIpStore(tx);
  const ip = await staticIps.lock(runnerId);
  if (ip?.status !== 'QUARANTINED') return;
  const holders: unknown[] = await tx.query(
    `SELECT 1 FROM machine WHERE runner_id = $1 AND quarantined AND NOT deleted LIMIT 1`,
    [runnerId],
  );
  if (holders.length === 0) await staticIps.change(runnerId, { status: 'ACTIVE' });
}
