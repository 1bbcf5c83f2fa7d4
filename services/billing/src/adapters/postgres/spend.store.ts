import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { topics } from '@cleanroom/contracts';
import { appendEvent } from '@cleanroom/messaging';
import type { EntityManager } from 'typeorm';
import type { Grant } from '../../domain/judge-claim.js';
import type { MachineSpend } from '../../domain/machine-spend.js';
import type { SpendNews } from '../../ports.js';

const COLUMNS = `machine_id AS "machineId", organization_id AS "organizationId", pool_id AS "poolId",
  runner_id AS "runnerId", hetzner_project_id AS "hetznerProjectId", location, allowed_types AS "allowedTypes",
  ordered_at AS "orderedAt", hours_asked AS "hoursAsked", hours_granted AS "hoursGranted", ended`;

type KeptRow = MachineSpend & { readonly hoursDecided: number; readonly hadEnded: boolean };

/**
 * Keeps what a machine asks for, and tells what of it is new; a duplicate or a late event changes nothing, and what was
 * answered is not answered again.
 */
export async function keepSpend(
  tx: EntityManager,
  spend: Omit<MachineSpend, 'hoursGranted'>,
  sourceVersion: bigint,
): Promise<SpendNews | undefined> {
  const rows: KeptRow[] = await tx.query(
    `WITH before AS (SELECT ended FROM spend WHERE machine_id = $1)
     INSERT INTO spend (machine_id, organization_id, pool_id, runner_id, hetzner_project_id, location, allowed_types,
       ordered_at, hours_asked, ended, source_version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (machine_id) DO UPDATE SET allowed_types = excluded.allowed_types,
       hours_asked = excluded.hours_asked, ended = excluded.ended, source_version = excluded.source_version
     WHERE spend.source_version < excluded.source_version
     RETURNING ${COLUMNS}, hours_decided AS "hoursDecided",
       coalesce((SELECT ended FROM before), false) AS "hadEnded"`,
    [
      ...[spend.machineId, spend.organizationId, spend.poolId, spend.runnerId, spend.hetznerProjectId],
      ...[spend.location, spend.allowedTypes, spend.orderedAt, spend.hoursAsked, spend.ended],
      sourceVersion.toString(),
    ],
  );
  const [kept] = rows;
  if (!kept) return undefined;
  const { hoursDecided, hadEnded, ...now } = kept;
  return {
    spend: now,
    isAsking: !now.ended && now.hoursAsked > hoursDecided,
    hasJustEnded: now.ended && !hadEnded,
  };
}

export const spendOf = async (tx: EntityManager, machineId: string): Promise<MachineSpend | undefined> => {
  const [spend]: MachineSpend[] = await tx.query(`SELECT ${COLUMNS} FROM spend WHERE machine_id = $1`, [
    machineId,
  ]);
  return spend;
};

/** Everything that is promised, or never asked, and not over yet; of one pool, or of the whole organisation. */
export const spendsUnderWay = (tx: EntityManager, poolId?: string): Promise<MachineSpend[]> =>
  tx.query(
    `SELECT ${COLUMNS} FROM spend
     WHERE NOT ended AND (hours_granted > 0 OR hours_asked = 0) AND ($1::text IS NULL OR pool_id = $1)`,
    [poolId ?? null],
  );

/** Writes a decision down, and tells of it. */
export async function saveGrant(tx: EntityManager, spend: MachineSpend, grant: Grant): Promise<void> {
  const { machineId, organizationId, runnerId, hoursAsked } = spend;
  const hoursGranted = grant.kind === 'granted' ? hoursAsked : Math.min(spend.hoursGranted, hoursAsked);
  const [rows]: [{ version: string }[], number] = await tx.query(
    `UPDATE spend SET hours_granted = $2, hours_decided = $3, decision_version = decision_version + 1
     WHERE machine_id = $1 RETURNING decision_version AS version`,
    [machineId, hoursGranted, hoursAsked],
  );
  await appendEvent(tx, topics.spend, {
    ...{ machineId, organizationId, runnerId, hoursAsked, hoursGranted },
    version: BigInt(rows[0]?.version ?? 0),
    ...(grant.kind === 'granted'
      ? { reason: grant.warning ?? '' }
      : {
          exhaustedScopeId: grant.scopeId,
          exhaustedVersion: BigInt(grant.version),
          reason: grant.reason,
          retryAt: timestampFromDate(grant.retryAt),
        }),
  });
}
