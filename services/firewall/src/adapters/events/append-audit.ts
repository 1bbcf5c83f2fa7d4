import { topics } from '@cleanroom/contracts';
import type { AuditRecord } from '@cleanroom/kernel';
import { appendEvent } from '@cleanroom/messaging';
import { auditedMessage } from '@cleanroom/service-kit';
import type { EntityManager } from 'typeorm';

/** Tells the audit log, which identity keeps, of a change here. */
export const appendAudit = (tx: EntityManager, record: AuditRecord): Promise<void> =>
  appendEvent(tx, topics.firewallAudit, auditedMessage(record), { at: record.at });
