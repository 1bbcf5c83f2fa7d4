import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Listed } from '../adapters/all-pages.js';
import { policiesQuery, type Policy } from '../adapters/policies-query.js';
import { poolNamesQuery } from '../adapters/pool-names-query.js';
import { queryClient } from '../adapters/queries.js';
import { useMay } from '../adapters/use-may.js';
import { byStatus } from '../domain/policy-words.js';
import { amountOf } from '../domain/say.js';
import { whyMissing } from '../domain/who-answers.js';
import { DeletePolicyDialog } from '../parts/delete-policy-dialog.js';
import { PageHead } from '../parts/page-head.js';
import { PolicyCard } from '../parts/policy-card.js';
import { ReadingPage } from '../parts/reading-page.js';
import { SilenceLine } from '../parts/silence-line.js';
import { UnreadablePage } from '../parts/unreadable-page.js';

/** Firewall policies: what somebody changed elsewhere first. */
export function FirewallPage() {
  const { data, error, refetch } = useQuery(policiesQuery);
  if (!data && error) return <UnreadablePage title="Firewall" error={error} onRetry={() => void refetch()} />;
  if (!data) return <ReadingPage title="Firewall" />;
  return data.items.length === 0 ? <NoPolicy /> : <Policies listed={data} error={error} />;
}

interface PoliciesProps {
  readonly listed: Listed<Policy>;
  readonly error: Error | null;
}

function Policies({ listed: { items, missing }, error }: PoliciesProps) {
  const [deleting, setDeleting] = useState<Policy>();
  const { data: pools } = useQuery(poolNamesQuery);
  const mayOwn = useMay('OWNER');
  const close = () => setDeleting(undefined);
  const done = () => {
    close();
    void queryClient.invalidateQueries(policiesQuery);
  };
  return (
    <div className="page">
      <PageHead title="Firewall" lead={<Lead policies={items} />}>
        {mayOwn && <NewPolicyLink />}
      </PageHead>
      <SilenceLine missing={missing} error={error} />
      <div className="policies">
        {byStatus(items).map((policy) => (
          <PolicyCard
            key={policy.id}
            policy={policy}
            pools={pools?.items ?? []}
            silence={whyMissing(missing, 'pools')}
            onDelete={mayOwn ? () => setDeleting(policy) : undefined}
          />
        ))}
      </div>
      {deleting && <DeletePolicyDialog policy={deleting} onDone={done} onClose={close} />}
    </div>
  );
}

function Lead({ policies }: { readonly policies: readonly Policy[] }) {
  const drifted = policies.filter(({ status }) => status === 'DRIFTED').length;
  return (
    <p className="lead">
      Nothing gets in, whatever a policy says of the rest.{' '}
      {drifted > 0 ? (
        <b>{amountOf(drifted, 'policy was', 'policies were')} changed at Hetzner.</b>
      ) : (
        <>{amountOf(policies.length, 'policy', 'policies')}, none changed by anybody else.</>
      )}
    </p>
  );
}

const NewPolicyLink = () => (
  <Link className="button" to="/firewall/new">
    New policy
  </Link>
);

function NoPolicy() {
  const mayOwn = useMay('OWNER');
  return (
    <div className="page-alone">
      <title>Firewall · Cleanroom</title>
      <h1>Firewall</h1>
      <div className="card empty">
        <h2>No policy yet</h2>
        <p>Nothing gets in to any machine. A policy also says what its pools’ machines may reach.</p>
        {mayOwn && (
          <p>
            <NewPolicyLink />
          </p>
        )}
      </div>
    </div>
  );
}
