import { GraphQLError } from 'graphql';
import type { AuditActorKind } from '../../domain/audit-actor-kind.js';
import type { AuditFilter } from './generated/types.js';

/**
 * Whose entries a filter of the audit log wants; `undefined` for everybody's.
 *
 * @throws GraphQLError `BAD_USER_INPUT` where it wants nobody's
 */
export function actorKindsOf(filter: AuditFilter | null | undefined): readonly AuditActorKind[] | undefined {
  const kinds = filter?.actorKinds ?? undefined;
  if (kinds?.length === 0)
    throw new GraphQLError('"filter.actorKinds" takes at least one of PERSON, MACHINE and SYSTEM.', {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  return kinds;
}
