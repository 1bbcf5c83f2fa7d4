import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { act } from '../adapters/act.js';
import { connectionsQuery } from '../adapters/connections-query.js';
import { CreatePoolDocument, type GitLabScopeKind } from '../adapters/generated/graphql.js';
import { poolsQuery, queryClient } from '../adapters/queries.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { useMay } from '../adapters/use-may.js';
import { wishIn } from '../adapters/wish-in.js';
import { inputOf, PLACE_FIELDS, POOL_FIELDS, USUAL_WISH } from '../domain/pool-wish.js';
import type { Refusal } from '../domain/refusal.js';
import { ActForm } from '../parts/act-form.js';
import { PageHead } from '../parts/page-head.js';
import { PlaceFields } from '../parts/place-fields.js';
import { PoolFields } from '../parts/pool-fields.js';
import { Skeleton } from '../parts/skeleton.js';
import { UnreadablePage } from '../parts/unreadable-page.js';
import { NoSuchThing } from './no-such-thing.js';

/** Makes a pool. */
export function NewPoolPage() {
  const mayCreate = useMay('OWNER');
  const { data, error, refetch } = useQuery(connectionsQuery);
  const navigate = useNavigate();
  const leave = () => void navigate({ to: '/' });
  const attempt = useAttempt(createPool, () => {
    void queryClient.invalidateQueries(poolsQuery);
    leave();
  });
  if (!mayCreate) return <NoSuchThing what="page for your role" />;
  if (!data && error) return <UnreadablePage title="New pool" error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton />;
  return (
    <div className="page page-narrow">
      <PageHead
        title="New pool"
        crumbs={<Link to="/">Fleet</Link>}
        lead={<p className="lead">So many runners of this kind, for this GitLab group.</p>}
      />
      <div className="card part">
        <ActForm
          attempt={attempt}
          fields={[...PLACE_FIELDS, ...POOL_FIELDS]}
          submit="Create the pool"
          onCancel={leave}
        >
          <PlaceFields {...data} />
          <PoolFields wish={USUAL_WISH} />
        </ActForm>
      </div>
    </div>
  );
}

async function createPool(form: FormData): Promise<readonly Refusal[]> {
  const text = (name: string) => String(form.get(`input.${name}`) ?? '').trim();
  const kind = text('scope.kind') as GitLabScopeKind;
  const input = {
    ...inputOf(wishIn(form)),
    hetznerProjectId: text('hetznerProjectId'),
    gitlabConnectionId: text('gitlabConnectionId'),
    scope: { kind, fullPath: kind === 'INSTANCE' ? null : text('scope.fullPath') },
    // What is no number is refused by the API at its field, as what is too large is.
    size: Math.trunc(Number(text('size'))) || 0,
  };
  return (await act(CreatePoolDocument, { input })).userErrors;
}
