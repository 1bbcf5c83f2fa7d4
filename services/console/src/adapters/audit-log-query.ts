import { queryOptions } from '@tanstack/react-query';
import { found } from './found.js';
import { AuditLogDocument, type AuditLogQuery } from './generated/graphql.js';
import { ask } from './graphql.js';

type Log = NonNullable<NonNullable<AuditLogQuery['viewer']>['organization']['auditLog']>;
export type AuditEntry = Log['nodes'][number];

const AGAIN_MS = 15_000;

/**
 * One page of the audit log, newest first; it is refused to everybody but owners.
 *
 * @param after the end of the page before; empty for the newest
 */
export const auditLogQuery = (after: string) =>
  queryOptions({
    queryKey: ['audit-log', after],
    queryFn: async ({ signal }) => {
      const { data, missing } = await ask(AuditLogDocument, { after: after || null }, signal);
      const log = found(data.viewer?.organization.auditLog ?? null, missing);
      return { entries: log?.nodes ?? [], next: (log?.pageInfo.hasNextPage && log.pageInfo.endCursor) || '' };
    },
    refetchInterval: AGAIN_MS,
  });
