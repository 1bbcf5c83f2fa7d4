import { beforeCommit } from '@cleanroom/persistence';
import type { EntityManager } from 'typeorm';

/** One line of an organisation's change log. */
export interface Change {
  readonly organizationId: string;
  /** What kind of change subscribers can ask for, such as `runner`. */
  readonly kind: string;
  /** Id of what changed. */
  readonly subjectId: string;
  /** What subscribers get to see; JSON, without secrets. */
  readonly payload: unknown;
  /** When it happened, by the product's clock. */
  readonly at: Date;
}

/** The channel on which the change log speaks; the payload is `<organisation> <sequence>`. */
export const changeChannel = 'change_log';

/**
 * Writes a change with the state change itself. The organisation's counter row is locked only at the end of the
 * transaction, which makes the sequence gapless and keeps the transactions of one organisation from waiting long.
 *
 * @throws Error when `tx` was not opened by `inOrganization`
 */
export async function appendChange(tx: EntityManager, change: Change): Promise<void> {
  beforeCommit(tx, () => write(tx, change));
}

async function write(
  tx: EntityManager,
  { organizationId, kind, subjectId, payload, at }: Change,
): Promise<void> {
  await tx.query(
    `WITH next AS (
       INSERT INTO change_counter AS counter (organization_id, last_seq) VALUES ($1, 1)
       ON CONFLICT (organization_id) DO UPDATE SET last_seq = counter.last_seq + 1 RETURNING last_seq),
     logged AS (
       INSERT INTO change_log (organization_id, seq, kind, subject_id, payload, at)
       SELECT $1, last_seq, $2, $3, $4, $5 FROM next)
     SELECT pg_notify($6, $1 || ' ' || last_seq) FROM next`,
    [organizationId, kind, subjectId, JSON.stringify(payload), at, changeChannel],
  );
}
