import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { act } from '../adapters/act.js';
import { UpdatePolicyDocument } from '../adapters/generated/graphql.js';
import { policiesQuery, type Policy } from '../adapters/policies-query.js';
import { queryClient } from '../adapters/queries.js';
import { useMay } from '../adapters/use-may.js';
import { policyDraftOf, policyInput, type PolicyDraft } from '../domain/policy-draft.js';
import { PageHead } from '../parts/page-head.js';
import { PolicyForm } from '../parts/policy-form.js';
import { Skeleton } from '../parts/skeleton.js';
import { UnreadablePage } from '../parts/unreadable-page.js';
import { NoSuchThing } from './no-such-thing.js';

/** Changes what a firewall policy says; the pools that have it keep it. */
export function EditPolicyPage() {
  const { policyId } = useParams({ from: '/shell/firewall/$policyId/edit' });
  const mayEdit = useMay('OWNER');
  const { data, error, refetch } = useQuery(policiesQuery);
  if (!mayEdit) return <NoSuchThing what="page for your role" />;
  if (!data && error) return <UnreadablePage title="Policy" error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton />;
  const policy = data.items.find(({ id }) => id === policyId);
  return policy ? <EditPolicy policy={policy} /> : <NoSuchThing what="policy" />;
}

function EditPolicy({ policy }: { readonly policy: Policy }) {
  const { id, name } = policy;
  const navigate = useNavigate();
  const leave = () => void navigate({ to: '/firewall' });
  const done = () => {
    void queryClient.invalidateQueries(policiesQuery);
    leave();
  };
  const save = async (draft: PolicyDraft) =>
    (await act(UpdatePolicyDocument, { id, input: policyInput(draft) })).userErrors;
  return (
    <div className="page page-narrow">
      <PageHead
        title={`Edit ${name}`}
        crumbs={<Link to="/firewall">Firewall</Link>}
        lead={<p className="lead">It reaches machines that run within seconds.</p>}
      />
      <div className="card part">
        <PolicyForm
          initial={policyDraftOf(policy)}
          submit="Save"
          onSave={save}
          onDone={done}
          onCancel={leave}
        />
      </div>
    </div>
  );
}
