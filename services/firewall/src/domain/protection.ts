/** A firewall on a server, as the provider tells it. */
export interface AppliedFirewall {
  readonly id: number;
  readonly status: string;
}

/** What stands between a machine and its protection; `protected` when nothing does. */
export type Protection =
  | { readonly kind: 'protected' }
  | {
      readonly kind: 'unprotected';
      readonly missing: readonly number[];
      readonly pending: readonly number[];
      readonly foreign: readonly number[];
    };

/**
 * The policies that were in force on a machine when all that it needs was last seen so, and that no look has missed since:
 * where something is missing now, none is added, for that would mix what was seen at two times.
 */
export const stillInForce = (
  before: readonly string[],
  seen: readonly string[],
  isProtected: boolean,
): readonly string[] => (isProtected ? seen : before.filter((policyId) => seen.includes(policyId)));

/** Firewalls of a project by what they are to one of its machines. */
export interface Expected {
  /** The baseline and the firewall of each policy of its pool. */
  readonly required: readonly number[];
  /** All that we know of: one that is about to leave the machine opens nothing that a policy had not opened. */
  readonly ours: ReadonlySet<number>;
}

/**
 * Compares what is in force on a server with what must be. Hetzner lets in what any firewall of a server lets in, so one
 * that is somebody else's undoes all of ours.
 */
export function protectionOf({ required, ours }: Expected, applied: readonly AppliedFirewall[]): Protection {
  const statusById = new Map(applied.map(({ id, status }) => [id, status]));
  const missing = required.filter((id) => !statusById.has(id));
  const pending = required.filter((id) => statusById.has(id) && statusById.get(id) !== 'applied');
  const foreign = applied.map(({ id }) => id).filter((id) => !ours.has(id) && !required.includes(id));
  return missing.length + pending.length + foreign.length === 0
    ? { kind: 'protected' }
    : { kind: 'unprotected', missing, pending, foreign };
}
