import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import type { Policy } from '../adapters/policies-query.js';
import type { PoolName } from '../adapters/pool-names-query.js';
import { useNow } from '../adapters/use-now.js';
import { policyWords } from '../domain/policy-words.js';
import { PolicyRulesList } from './policy-rules-list.js';
import { PoolsOfPolicy } from './pools-of-policy.js';

interface PolicyCardProps {
  readonly policy: Policy;
  readonly pools: readonly PoolName[];
  /** Why it is not known which pools have it. */
  readonly silence: string | undefined;
  /** Left out for who may not. */
  readonly onDelete: (() => void) | undefined;
}

const WORD = { DRIFTED: 'Drifted', PENDING: 'On its way', APPLIED: 'Applied' } as const;

/** One policy: what was seen of it, what it says, which pools have it. */
export function PolicyCard({ policy, pools, silence, onDelete }: PolicyCardProps) {
  const now = useNow();
  const heading = useId();
  const { id, name, status } = policy;
  return (
    <section className="card part" aria-labelledby={heading}>
      <div className="part-head">
        <h2 id={heading}>
          {name} <span className={status === 'APPLIED' ? 'muted' : 'warn'}>{WORD[status]}</span>
        </h2>
        {onDelete && (
          <span className="row-buttons">
            <Link to="/firewall/$policyId/edit" params={{ policyId: id }}>
              Edit<span className="only-read"> {name}</span>
            </Link>
            <button className="link-button" type="button" onClick={onDelete}>
              Delete<span className="only-read"> {name}</span>
            </button>
          </span>
        )}
      </div>
      <p className={status === 'APPLIED' ? 'muted' : 'warn'}>{policyWords(policy, now)}</p>
      <PolicyRulesList policy={policy} />
      <PoolsOfPolicy {...{ policy, pools, silence }} />
    </section>
  );
}
