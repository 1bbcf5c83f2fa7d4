import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { act } from '../adapters/act.js';
import { AssignPolicyDocument, UnassignPolicyDocument } from '../adapters/generated/graphql.js';
import { policiesQuery, type Policy } from '../adapters/policies-query.js';
import type { PoolName } from '../adapters/pool-names-query.js';
import { queryClient } from '../adapters/queries.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { useMay } from '../adapters/use-may.js';

interface PoolsOfPolicyProps {
  readonly policy: Policy;
  /** All that there are. */
  readonly pools: readonly PoolName[];
  /** Why it is not known which have it. */
  readonly silence: string | undefined;
}

/** Which pools have a policy; an owner gives it to others, and takes it off. */
export function PoolsOfPolicy({ policy, pools, silence }: PoolsOfPolicyProps) {
  const mayAssign = useMay('OWNER');
  const changed = () => void queryClient.invalidateQueries(policiesQuery);
  const give = useAttempt(
    async (poolId: string) => (await act(AssignPolicyDocument, { policyId: policy.id, poolId })).userErrors,
    changed,
  );
  const takeOff = useAttempt(
    async (poolId: string) => (await act(UnassignPolicyDocument, { policyId: policy.id, poolId })).userErrors,
    changed,
  );
  const its = (policy.pools ?? []).filter((pool) => pool !== null);
  const others = pools.filter(({ id }) => its.every((pool) => pool.id !== id));
  return (
    <div>
      <h3>Pools</h3>
      {silence && <p className="muted">{silence}</p>}
      {!silence && its.length === 0 && <p className="muted">No pool has it.</p>}
      <ul className="rows">
        {its.map((pool) => (
          <PoolRow
            key={pool.id}
            {...{ pool, policy }}
            onTakeOff={mayAssign ? () => void takeOff.run(pool.id) : undefined}
          />
        ))}
      </ul>
      {mayAssign && !silence && others.length > 0 && (
        <GivePolicy {...{ policy, others }} isBusy={give.isBusy} onGive={(id) => void give.run(id)} />
      )}
      <p className="trouble" role="alert">
        {[...give.refusals, ...takeOff.refusals].map(({ message }) => message)}
      </p>
    </div>
  );
}

interface PoolRowProps {
  readonly pool: PoolName;
  readonly policy: Policy;
  /** Left out for who may not. */
  readonly onTakeOff: (() => void) | undefined;
}

const PoolRow = ({ pool: { id, name }, policy, onTakeOff }: PoolRowProps) => (
  <li>
    <Link to="/pools/$poolId" params={{ poolId: id }}>
      {name}
    </Link>
    {onTakeOff && (
      <button className="link-button" type="button" onClick={onTakeOff}>
        Take off
        <span className="only-read">
          {' '}
          {policy.name} of {name}
        </span>
      </button>
    )}
  </li>
);

interface GivePolicyProps {
  readonly policy: Policy;
  readonly others: readonly PoolName[];
  readonly isBusy: boolean;
  readonly onGive: (poolId: string) => void;
}

function GivePolicy({ policy, others, isBusy, onGive }: GivePolicyProps) {
  const id = useId();
  const [chosen, setChosen] = useState('');
  const poolId = others.some((pool) => pool.id === chosen) ? chosen : (others[0]?.id ?? '');
  return (
    <p className="give">
      <label className="only-read" htmlFor={id}>
        Another pool for {policy.name}
      </label>
      <select id={id} className="button" value={poolId} onChange={({ target }) => setChosen(target.value)}>
        {others.map((pool) => (
          <option key={pool.id} value={pool.id}>
            {pool.name}
          </option>
        ))}
      </select>
      <button className="button" type="button" disabled={isBusy} onClick={() => onGive(poolId)}>
        Give it<span className="only-read"> {policy.name}</span>
      </button>
    </p>
  );
}
