import type { PolicyRules, Rule } from './policy-draft.js';
import { duration } from './say.js';

export type PolicyStatus = 'DRIFTED' | 'PENDING' | 'APPLIED';

/** What is wrong comes first. */
const RANK: Readonly<Record<PolicyStatus, number>> = { DRIFTED: 0, PENDING: 1, APPLIED: 2 };

interface Standing {
  readonly status: PolicyStatus;
  readonly driftedAt: string | null;
  /** `null` where nobody can tell now which have it. */
  readonly pools: readonly unknown[] | null;
}

export const byStatus = <Policy extends Standing>(policies: readonly Policy[]): readonly Policy[] =>
  policies.toSorted((one, other) => RANK[one.status] - RANK[other.status]);

/** What was seen of a policy, and what happens next. */
export function policyWords({ status, driftedAt, pools }: Standing, now: number): string {
  const ago = driftedAt === null ? '' : `${duration(now - Date.parse(driftedAt))} ago`;
  if (status === 'DRIFTED')
    return `Someone changed this at Hetzner${ago && ` ${ago}`}; it is being put back.`;
  if (status === 'PENDING')
    return 'It is on its way: not every machine whose pool has it was seen with it in force.';
  const seen =
    pools?.length === 0
      ? 'No pool has it.'
      : 'Seen in force, as it says, on every machine whose pool has it.';
  return ago ? `${seen} Someone had changed it at Hetzner ${ago}; it was put back.` : seen;
}

const ANYWHERE = ['0.0.0.0/0', '::/0'];

/** A rule as people say it: TCP 443 to anywhere. */
export function ruleWords({ protocol, ports, cidrs }: Rule, direction: 'from' | 'to'): string {
  const what = ports === null ? protocol : `${protocol} ${ports}`;
  const isAnywhere = ANYWHERE.every((block) => cidrs.includes(block));
  return `${what} ${direction} ${isAnywhere ? 'anywhere' : cidrs.join(', ')}`;
}

/** What stays open whatever a policy says, or a machine could neither enrol nor take a job. */
const NEEDED = [
  'UDP 53 and TCP 53 to anywhere: DNS',
  'TCP 443 to anywhere: Cleanroom and GitLab, whose addresses change',
];

/** What is open besides; a policy without outbound rules closes nothing. */
export const impliedRules = ({ outbound }: Pick<PolicyRules, 'outbound'>): readonly string[] =>
  outbound.length > 0 ? NEEDED : ['Everything to anywhere: a first rule closes all that no rule opens.'];
