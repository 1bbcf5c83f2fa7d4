import type { EntityManager } from 'typeorm';
import { endBefore, type Meter } from '../../domain/meter.js';
import type { PriceAtOrder } from '../../domain/price.js';
import type { Window } from '../../domain/window.js';

const COLUMNS = `id, kind, provider_id AS "providerId", organization_id AS "organizationId", runner_id AS "runnerId",
  pool_id AS "poolId", hetzner_project_id AS "hetznerProjectId", type, location, ordered_at AS "orderedAt",
  hourly_micros, monthly_cap_micros, started_at AS "startedAt", ended_at AS "endedAt", estimated`;

export const metersOfRunners = (tx: EntityManager, runnerIds: readonly string[]): Promise<Meter[]> =>
  read(tx, `WHERE runner_id = ANY($1) ORDER BY started_at, id`, [runnerIds]);

/** What existed at any time within a window; of one pool, or of the whole organisation. */
export const metersWithin = (tx: EntityManager, { from, to }: Window, poolId?: string): Promise<Meter[]> =>
  read(
    tx,
    `WHERE started_at < $1 AND (ended_at IS NULL OR ended_at >= $2)
     AND ($3::text IS NULL OR pool_id = $3) ORDER BY started_at, id`,
    [to, from, poolId ?? null],
  );

/** Those that statements name for those months, and of which nothing lies within the window any more. */
export const statedMetersOutside = (
  tx: EntityManager,
  { from }: Window,
  months: readonly string[],
): Promise<Meter[]> =>
  read(
    tx,
    `WHERE ended_at < $1
     AND id IN (SELECT meter_id FROM statement_line WHERE month = ANY($2)) ORDER BY started_at, id`,
    [from, months],
  );

export const meterOf = async (tx: EntityManager, id: string): Promise<Meter | undefined> => {
  const [meter] = await read(tx, `WHERE id = $1`, [id]);
  return meter;
};

export const firstMeterBegan = async (tx: EntityManager): Promise<Date | undefined> => {
  const [row]: { began: Date | null }[] = await tx.query(`SELECT min(started_at) AS began FROM meter`);
  return row?.began ?? undefined;
};

type MeterRow = Omit<Meter, 'priceAtOrder'> & {
  readonly hourly_micros: string | null;
  readonly monthly_cap_micros: string | null;
};

async function read(tx: EntityManager, where: string, parameters: unknown[]): Promise<Meter[]> {
  const rows: MeterRow[] = await tx.query(`SELECT ${COLUMNS} FROM meter ${where}`, parameters);
  return rows.map(({ hourly_micros: hourly, monthly_cap_micros: cap, ...same }) => ({
    ...same,
    priceAtOrder:
      hourly !== null && cap !== null
        ? { hourlyMicros: BigInt(hourly), monthlyCapMicros: BigInt(cap) }
        : null,
  }));
}

/**
 * Stores what an event says of a meter; an event that is not newer than the known one changes nothing, but for the price
 * of the order where that is not known yet.
 *
 * @returns whether it was news
 */
export async function saveMeter(tx: EntityManager, meter: Meter, sourceVersion: bigint): Promise<boolean> {
  const saved = await (meter.kind === 'machine'
    ? betweenOthers(tx, meter)
    : beforeTheNext(tx, meter, sourceVersion));
  const rows: unknown[] = await tx.query(
    `INSERT INTO meter (id, organization_id, kind, provider_id, runner_id, pool_id, hetzner_project_id, type, location,
       ordered_at, started_at, ended_at, estimated, source_version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     ON CONFLICT (id) DO UPDATE SET type = excluded.type, location = excluded.location, ordered_at = excluded.ordered_at,
       provider_id = excluded.provider_id, started_at = excluded.started_at, ended_at = excluded.ended_at,
       estimated = excluded.estimated, source_version = excluded.source_version
     WHERE meter.source_version < excluded.source_version
     RETURNING id`,
    [
      ...[saved.id, saved.organizationId, saved.kind, saved.providerId, saved.runnerId, saved.poolId],
      ...[
        saved.hetznerProjectId,
        saved.type,
        saved.location,
        saved.orderedAt,
        saved.startedAt,
        saved.endedAt,
      ],
      ...[saved.estimated, sourceVersion.toString()],
    ],
  );
  if (meter.priceAtOrder) await keepPriceAtOrder(tx, meter.id, meter.priceAtOrder);
  return rows.length > 0;
}

/**
 * It never changes, so it stays as it was first told, and whichever event tells it: a newer one may come from a version of
 * provisioning that does not know it.
 */
async function keepPriceAtOrder(
  tx: EntityManager,
  id: string,
  { hourlyMicros, monthlyCapMicros }: PriceAtOrder,
): Promise<void> {
  await tx.query(
    `UPDATE meter SET hourly_micros = $2, monthly_cap_micros = $3 WHERE id = $1 AND hourly_micros IS NULL`,
    [id, hourlyMicros.toString(), monthlyCapMicros.toString()],
  );
}

export interface Succession {
  readonly runnerId: string;
  /** The meter that stays open; that of none where the runner has no address. */
  readonly keptId: string;
  readonly goneAt: Date;
  readonly sourceVersion: bigint;
}

/**
 * Closes the meters of the addresses that a runner had before: their own end may never have been heard, because only the
 * last news of a runner are kept for those who come late. Older news of them change nothing any more.
 *
 * @returns whether there were any
 */
export async function closeOtherIps(
  tx: EntityManager,
  { runnerId, keptId, goneAt, sourceVersion }: Succession,
): Promise<boolean> {
  await lockMetersOf(tx, runnerId);
  const open: Began[] = await tx.query(
    `SELECT id, started_at AS began FROM meter WHERE runner_id = $1 AND kind = 'static-ip' AND id <> $2
     AND ended_at IS NULL AND source_version < $3`,
    [runnerId, keptId, sourceVersion.toString()],
  );
  await closeAll(tx, open, goneAt, sourceVersion);
  return open.length > 0;
}

interface Began {
  readonly id: string;
  readonly began: Date;
}

/** @param sourceVersion of the news by which they ended; without, their own are still to come */
async function closeAll(
  tx: EntityManager,
  meters: readonly Began[],
  goneAt: Date,
  sourceVersion?: bigint,
): Promise<void> {
  for (const { id, began } of meters) {
    const { endedAt, estimated } = endBefore(began, goneAt);
    await tx.query(
      `UPDATE meter SET ended_at = $2, estimated = $3, source_version = COALESCE($4, source_version) WHERE id = $1`,
      [id, endedAt, estimated, sourceVersion?.toString() ?? null],
    );
  }
}

/** A runner has one address at a time: one of which is heard late has ended, at the latest, where the next one begins. */
async function beforeTheNext(tx: EntityManager, meter: Meter, sourceVersion: bigint): Promise<Meter> {
  const { id, runnerId, startedAt, endedAt } = meter;
  if (endedAt) return meter;
  await lockMetersOf(tx, runnerId);
  const [next]: { began: Date | null }[] = await tx.query(
    `SELECT min(started_at) AS began FROM meter WHERE runner_id = $1 AND kind = 'static-ip' AND id <> $2
     AND source_version > $3 AND started_at > $4`,
    [runnerId, id, sourceVersion.toString(), startedAt],
  );
  return next?.began ? { ...meter, ...endBefore(startedAt, next.began) } : meter;
}

const lockMetersOf = (tx: EntityManager, runnerId: string): Promise<unknown> =>
  tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('meters of ' || $1, 0))`, [runnerId]);

/**
 * A runner has one machine at a time, and events of two machines may come in any order: an earlier one has ended, at the
 * latest, where a later one begins. Its own news of the end are exact and still count when they come.
 */
async function betweenOthers(tx: EntityManager, meter: Meter): Promise<Meter> {
  const { id, runnerId, startedAt, endedAt } = meter;
  await lockMetersOf(tx, runnerId);
  const earlier: Began[] = await tx.query(
    `SELECT id, started_at AS began FROM meter WHERE runner_id = $1 AND kind = 'machine' AND id <> $2
     AND started_at < $3 AND (ended_at IS NULL OR ended_at > $3)`,
    [runnerId, id, startedAt],
  );
  await closeAll(tx, earlier, startedAt);
  const [next]: { began: Date | null }[] = await tx.query(
    `SELECT min(started_at) AS began FROM meter WHERE runner_id = $1 AND kind = 'machine' AND id <> $2 AND started_at > $3`,
    [runnerId, id, startedAt],
  );
  const began = next?.began ?? null;
  return began && (endedAt === null || endedAt > began)
    ? { ...meter, ...endBefore(startedAt, began) }
    : meter;
}
