import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { found } from './found.js';
import { AuditLogDocument, type AuditLogQuery } from './generated/graphql.js';
import { ask } from './graphql.js';

type Log = NonNullable<NonNullable<AuditLogQuery['viewer']>['organization']['auditLog']>;
export type AuditEntry = Log['nodes'][number];

/** Machines write more than all others together, and what those did is looked for. */
const WITHOUT_MACHINES = { actorKinds: ['PERSON', 'SYSTEM'] } as const;
const AGAIN_MS = 15_000;

/**
 * One page of the audit log, newest first; it is refused to everybody but owners.
 *
 * @param after the end of the page before; empty for the newest
 * @param hasMachines whether with the entries of machines
 */
export const auditLogQuery = (after: string, hasMachines: boolean) =>
  queryOptions({
    queryKey: ['audit-log', after, hasMachines],
    queryFn: async ({ signal }) => {
      const filter = hasMachines ? null : WITHOUT_MACHINES;
      const { data, missing } = await ask(AuditLogDocument, { after: after || null, filter }, signal);
      const log = found(data.viewer?.organization.auditLog ?? null, missing);
      return { entries: log?.nodes ?? [], next: (log?.pageInfo.hasNextPage && log.pageInfo.endCursor) || '' };
    },
    refetchInterval: AGAIN_MS,
    // Whoever asks for others keeps the control, and the focus on it.
    placeholderData: keepPreviousData,
  });
