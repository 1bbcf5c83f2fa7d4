import {
  isId,
  type Answer,
  type AuditRecord,
  type IdKind,
  type Role,
  type UserCaller,
} from '@cleanroom/kernel';
import { allow } from './subgraph-context.js';

/** A transaction that can tell the audit log something, together with what it changes. */
export interface AuditingTransaction {
  audit(record: AuditRecord): Promise<void>;
}

interface TransactionsOf<Tx> {
  inOrganization<T>(organizationId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** A mutation, who may do it, and what it is to change. */
export interface Attempt {
  readonly caller: UserCaller;
  /** By the product's clock. */
  readonly at: Date;
  readonly roles: readonly Role[];
  readonly action: string;
  readonly kind: IdKind;
  /** Left out where the change makes it. */
  readonly id?: string | undefined;
  /** Whether an answer says that something was done. @default always */
  readonly isChange?: (value: never) => boolean;
}

/**
 * Lets somebody change something, and the audit log tell of it: what is done in the transaction that does it, so that
 * neither is without the other; a refusal afterwards, as it changed nothing.
 *
 * @param change is given ports whose transactions tell the audit log
 */
export async function auditChange<
  Tx extends AuditingTransaction,
  Ports extends { readonly transactions: TransactionsOf<Tx> },
  T,
>(ports: Ports, attempt: Attempt, change: (ports: Ports) => Promise<Answer<T>>): Promise<Answer<T>> {
  const { caller, roles } = attempt;
  const refused = allow(caller, ...roles);
  const answer = refused ? { refusals: [refused] } : await change(auditing(ports, attempt));
  if ('refusals' in answer)
    await ports.transactions.inOrganization(caller.organizationId, (tx) =>
      tx.audit(recordOf(attempt, attempt.id, answer.refusals[0]?.code ?? 'REFUSED')),
    );
  return answer;
}

function auditing<
  Tx extends AuditingTransaction,
  Ports extends { readonly transactions: TransactionsOf<Tx> },
>(ports: Ports, attempt: Attempt): Ports {
  const { transactions } = ports;
  const inOrganization = <T>(organizationId: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
    transactions.inOrganization(organizationId, async (tx) => {
      const result = await work(tx);
      if (isDone(result, attempt))
        await tx.audit(recordOf(attempt, attempt.id ?? idOf(result.value), 'DONE'));
      return result;
    });
  return {
    ...ports,
    transactions: Object.create(transactions, { inOrganization: { value: inOrganization } }),
  };
}

/** A transaction that only looks something up for the change answers otherwise. */
const isDone = (result: unknown, { isChange = () => true }: Attempt): result is { value: unknown } =>
  typeof result === 'object' && result !== null && 'value' in result && isChange(result.value as never);

const idOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : undefined;

/** Anybody can send anything as an id. */
const recordOf = (
  { caller, at, action, kind }: Attempt,
  id: string | undefined,
  outcome: string,
): AuditRecord => ({
  organizationId: caller.organizationId,
  at,
  actor: caller.name,
  action,
  target: id !== undefined && isId(kind, id) ? id : null,
  outcome,
});
