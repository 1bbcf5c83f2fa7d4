import type { EntityManager } from 'typeorm';
import type { KnownPool } from '../../ports.js';

/** Keeps what an event says of a pool; false where a newer one was heard before. */
export async function keepPool(
  tx: EntityManager,
  { id, name, serverTypes, deleted }: KnownPool,
  version: bigint,
): Promise<boolean> {
  const kept: unknown[] = await tx.query(
    `INSERT INTO pool (id, organization_id, version, name, server_types, deleted)
     VALUES ($1, cleanroom_organization(), $2, $3, $4, $5)
     ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name,
       server_types = excluded.server_types, deleted = excluded.deleted
     WHERE pool.version < excluded.version RETURNING id`,
    [id, version.toString(), name, serverTypes, deleted],
  );
  return kept.length > 0;
}

export const pools = (tx: EntityManager): Promise<KnownPool[]> =>
  tx.query(`SELECT id, name, server_types AS "serverTypes", deleted FROM pool`);
