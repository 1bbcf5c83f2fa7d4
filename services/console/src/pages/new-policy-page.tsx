import { Link, useNavigate } from '@tanstack/react-router';
import { act } from '../adapters/act.js';
import { CreatePolicyDocument } from '../adapters/generated/graphql.js';
import { policiesQuery } from '../adapters/policies-query.js';
import { queryClient } from '../adapters/queries.js';
import { useMay } from '../adapters/use-may.js';
import { newPolicyDraft, newRule, policyInput, type PolicyDraft } from '../domain/policy-draft.js';
import { PageHead } from '../parts/page-head.js';
import { PolicyForm } from '../parts/policy-form.js';
import { NoSuchThing } from './no-such-thing.js';

/** Makes a firewall policy; it does nothing until a pool has it. */
export function NewPolicyPage() {
  const mayCreate = useMay('OWNER');
  const navigate = useNavigate();
  const leave = () => void navigate({ to: '/firewall' });
  const done = () => {
    void queryClient.invalidateQueries(policiesQuery);
    leave();
  };
  const save = async (draft: PolicyDraft) =>
    (await act(CreatePolicyDocument, { input: policyInput(draft) })).userErrors;
  if (!mayCreate) return <NoSuchThing what="page for your role" />;
  return (
    <div className="page page-narrow">
      <PageHead
        title="New policy"
        crumbs={<Link to="/firewall">Firewall</Link>}
        lead={<p className="lead">It does nothing until a pool has it.</p>}
      />
      <div className="card part">
        <PolicyForm
          initial={{ ...newPolicyDraft, outbound: [newRule(0)] }}
          submit="Create the policy"
          onSave={save}
          onDone={done}
          onCancel={leave}
        />
      </div>
    </div>
  );
}
