import { timestampDate } from '@bufbuild/protobuf/wkt';
import { topics, type ChangeAuditedSchema } from '@cleanroom/contracts';
import { consumer, type IncomingEvent } from '@cleanroom/messaging';
import type { EntityManager } from 'typeorm';

/** Keeps what the other services changed, or refused, in the audit log. */
export const onAudit = () => [
  consumer(topics.provisioningAudit, keepEntry),
  consumer(topics.firewallAudit, keepEntry),
  consumer(topics.schedulingAudit, keepEntry),
  consumer(topics.billingAudit, keepEntry),
];

async function keepEntry(
  tx: EntityManager,
  { message, organizationId }: IncomingEvent<typeof ChangeAuditedSchema>,
): Promise<void> {
  const { entryId, at, actor, action, target, outcome } = message;
  await tx.query(
    `INSERT INTO audit_log (organization_id, at, actor, action, subject, outcome, entry_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (entry_id) WHERE entry_id IS NOT NULL DO NOTHING`,
    [organizationId, at ? timestampDate(at) : new Date(0), actor, action, target || null, outcome, entryId],
  );
}
