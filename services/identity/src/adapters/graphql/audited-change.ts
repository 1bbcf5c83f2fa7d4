import { isId, type IdKind, type UserCaller } from '@cleanroom/kernel';
import { allow, callerOf, type SubgraphContext } from '@cleanroom/service-kit';
import { auditRefusal } from '../../actions/audit-refusal.js';
import type { Answer, IdentityPorts } from '../../ports.js';

/** A mutation as the audit log calls it, with what it is to change. */
export interface Mutated {
  readonly action: string;
  readonly kind?: IdKind;
  readonly id?: string;
}

/** Lets an owner change something. What is done audits itself; what is refused is audited here. */
export async function auditedChange<T>(
  ports: IdentityPorts,
  context: SubgraphContext,
  { action, kind, id }: Mutated,
  change: (caller: UserCaller) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const caller = callerOf(context);
  const refused = allow(caller, 'OWNER');
  const answer = refused ? { refusals: [refused] } : await change(caller);
  // Anybody can send anything as an id.
  const target = kind && id !== undefined && isId(kind, id) ? id : null;
  if ('refusals' in answer) await auditRefusal(ports, caller, { action, target }, answer.refusals);
  return answer;
}
