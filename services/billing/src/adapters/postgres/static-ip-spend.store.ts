import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { topics } from '@cleanroom/contracts';
import { appendEvent } from '@cleanroom/messaging';
import type { EntityManager } from 'typeorm';
import type { Grant } from '../../domain/judge-claim.js';
import type { StaticIpSpend } from '../../domain/static-ip-spend.js';
import type { StaticIpNews, StaticIpTold } from '../../ports.js';

const COLUMNS = `runner_id AS "runnerId", organization_id AS "organizationId", pool_id AS "poolId",
  hetzner_project_id AS "hetznerProjectId", allowed_locations AS "allowedLocations", question,
  question_granted AS "questionGranted", since, over`;

type KeptRow = StaticIpSpend & { readonly questionDecided: number };

/**
 * Keeps what is told of a runner's static IP, and tells what of it is new; a duplicate or a late event changes nothing,
 * and what was answered is not answered again.
 */
export async function keepStaticIpSpend(
  tx: EntityManager,
  { sourceVersion, ...told }: StaticIpTold,
  now: Date,
): Promise<StaticIpNews | undefined> {
  const [before]: StaticIpSpend[] = await tx.query(
    `SELECT ${COLUMNS} FROM static_ip_spend WHERE runner_id = $1`,
    [told.runnerId],
  );
  const [kept]: KeptRow[] = await tx.query(
    `INSERT INTO static_ip_spend (runner_id, organization_id, pool_id, hetzner_project_id, allowed_locations, question,
       over, since, source_version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (runner_id) DO UPDATE SET allowed_locations = excluded.allowed_locations, question = excluded.question,
       since = CASE WHEN static_ip_spend.over THEN excluded.since ELSE static_ip_spend.since END,
       over = excluded.over, source_version = excluded.source_version
     WHERE static_ip_spend.source_version < excluded.source_version
     RETURNING ${COLUMNS}, question_decided AS "questionDecided"`,
    [
      ...[told.runnerId, told.organizationId, told.poolId, told.hetznerProjectId, told.allowedLocations],
      ...[told.question, told.over, now, sourceVersion.toString()],
    ],
  );
  if (!kept) return undefined;
  const { questionDecided, ...spend } = kept;
  return { spend, before, isAsking: !spend.over && spend.question > questionDecided };
}

/** Those that are not there yet and may come to cost money; of one pool, or of the whole organisation. */
export const awaitedIps = (tx: EntityManager, poolId?: string): Promise<StaticIpSpend[]> =>
  tx.query(
    `SELECT ${COLUMNS} FROM static_ip_spend
     WHERE NOT over AND (question = 0 OR question = question_granted) AND ($1::text IS NULL OR pool_id = $1)`,
    [poolId ?? null],
  );

/** Writes a decision down, and tells of it. */
export async function saveStaticIpGrant(
  tx: EntityManager,
  { runnerId, organizationId, question }: StaticIpSpend,
  grant: Grant,
  now: Date,
): Promise<void> {
  const granted = grant.kind === 'granted';
  const [rows]: [{ version: string }[], number] = await tx.query(
    `UPDATE static_ip_spend SET question_decided = $2, decision_version = decision_version + 1,
       question_granted = CASE WHEN $3 THEN $2 ELSE question_granted END,
       since = CASE WHEN $3 THEN $4::timestamptz ELSE since END
     WHERE runner_id = $1 RETURNING decision_version AS version`,
    [runnerId, question, granted, now],
  );
  await appendEvent(tx, topics.staticIpSpend, {
    ...{ runnerId, organizationId, question, granted },
    version: BigInt(rows[0]?.version ?? 0),
    ...(grant.kind === 'refused' && {
      exhaustedScopeId: grant.scopeId,
      exhaustedVersion: BigInt(grant.version),
      reason: grant.reason,
      retryAt: timestampFromDate(grant.retryAt),
    }),
  });
}
