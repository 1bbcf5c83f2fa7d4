import type { EntityManager } from 'typeorm';

/** Before anything is known of an organisation its days are those of UTC. */
const USUAL_TIME_ZONE = 'UTC';

export interface OrganizationNews {
  readonly organizationId: string;
  readonly version: bigint;
  /** Empty: not said. */
  readonly timeZone: string;
}

export async function keepOrganization(
  tx: EntityManager,
  { organizationId, version, timeZone }: OrganizationNews,
): Promise<void> {
  await tx.query(
    `INSERT INTO organization (id, organization_id, version, time_zone) VALUES ($1, $1, $2, $3)
     ON CONFLICT (id) DO UPDATE SET version = excluded.version, time_zone = excluded.time_zone
     WHERE organization.version < excluded.version`,
    [organizationId, version.toString(), timeZone || USUAL_TIME_ZONE],
  );
  await tx.query(
    `INSERT INTO statement_closing (id, organization_id) VALUES ($1, $1) ON CONFLICT DO NOTHING`,
    [organizationId],
  );
}

export async function timeZoneOf(tx: EntityManager): Promise<string> {
  const [row]: { time_zone: string }[] = await tx.query(`SELECT time_zone FROM organization`);
  return row?.time_zone ?? USUAL_TIME_ZONE;
}
