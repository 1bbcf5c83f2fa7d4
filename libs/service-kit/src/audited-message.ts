import { randomBytes } from 'node:crypto';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { ChangeAuditedSchema } from '@cleanroom/contracts';
import { composeId, type AuditRecord } from '@cleanroom/kernel';
import type { MessageInitShape } from '@bufbuild/protobuf';

/** What a service tells identity for the audit log. */
export const auditedMessage = ({
  at,
  target,
  ...record
}: AuditRecord): MessageInitShape<typeof ChangeAuditedSchema> => ({
  entryId: composeId('event', at, randomBytes(16)),
  version: 1n,
  at: timestampFromDate(at),
  target: target ?? '',
  ...record,
});
