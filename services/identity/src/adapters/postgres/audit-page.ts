import type { EntityManager } from 'typeorm';
import { ACTIONS_OF, type AuditActorKind } from '../../domain/audit-actor-kind.js';
import type { AuditEntry, AuditPage } from '../../ports.js';

/** Entries of the organisation's audit log, the newest first. */
export const auditPage = (
  tx: Pick<EntityManager, 'query'>,
  { limit, beforeId, actorKinds }: AuditPage,
): Promise<AuditEntry[]> =>
  tx.query(
    `SELECT id::text, at, actor, action, subject AS target, outcome FROM audit_log
     WHERE organization_id = cleanroom_organization() AND ($2::bigint IS NULL OR id < $2) ${without(actorKinds)}
     ORDER BY audit_log.id DESC LIMIT $1`,
    [limit, beforeId ?? null],
  );

/** One condition for each kind that is left out: that of the machines is the one of the index without them. */
function without(actorKinds: AuditPage['actorKinds']): string {
  const conditions: Record<AuditActorKind, string> = {
    MACHINE: `AND action NOT IN (${listed(ACTIONS_OF.MACHINE)})`,
    SYSTEM: `AND action NOT IN (${listed(ACTIONS_OF.SYSTEM)})`,
    PERSON: `AND action IN (${listed([...ACTIONS_OF.MACHINE, ...ACTIONS_OF.SYSTEM])})`,
  };
  const kinds = Object.keys(conditions) as AuditActorKind[];
  const isLeftOut = (kind: AuditActorKind) => actorKinds !== undefined && !actorKinds.includes(kind);
  return kinds
    .filter(isLeftOut)
    .map((kind) => conditions[kind])
    .join(' ');
}

const listed = (actions: readonly string[]): string => actions.map((action) => `'${action}'`).join(', ');
