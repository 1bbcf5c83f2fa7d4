import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { act } from '../adapters/act.js';
import { UpdatePoolDocument } from '../adapters/generated/graphql.js';
import { poolQuery, type PoolDetails } from '../adapters/pool-query.js';
import { queryClient } from '../adapters/queries.js';
import { useAttempt } from '../adapters/use-attempt.js';
import { useMay } from '../adapters/use-may.js';
import { wishIn } from '../adapters/wish-in.js';
import { changesOf, POOL_FIELDS, wishOf } from '../domain/pool-wish.js';
import { ActForm } from '../parts/act-form.js';
import { PageHead } from '../parts/page-head.js';
import { PoolFields } from '../parts/pool-fields.js';
import { Skeleton } from '../parts/skeleton.js';
import { UnreadablePage } from '../parts/unreadable-page.js';
import { NoSuchThing } from './no-such-thing.js';

/** Changes what a pool is to be. */
export function EditPoolPage() {
  const { poolId } = useParams({ from: '/shell/pools/$poolId/edit' });
  const mayEdit = useMay('OWNER');
  const { data, error, refetch } = useQuery(poolQuery(poolId));
  if (!mayEdit) return <NoSuchThing what="page for your role" />;
  if (!data && error) return <UnreadablePage title="Pool" error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton />;
  return data.pool ? <EditPool pool={data.pool} /> : <NoSuchThing what="pool" />;
}

function EditPool({ pool }: { readonly pool: PoolDetails }) {
  const navigate = useNavigate();
  const back = () => void navigate({ to: '/pools/$poolId', params: { poolId: pool.id } });
  const done = () => {
    void queryClient.invalidateQueries({ queryKey: ['pool', pool.id] });
    back();
  };
  const before = wishOf(pool);
  const attempt = useAttempt(async (form: FormData) => {
    const input = { id: pool.id, ...changesOf(before, wishIn(form)) };
    return (await act(UpdatePoolDocument, { input })).userErrors;
  }, done);
  return (
    <div className="page page-narrow">
      <PageHead
        title={`Edit ${pool.name}`}
        crumbs={
          <>
            <Link to="/">Fleet</Link> /{' '}
            <Link to="/pools/$poolId" params={{ poolId: pool.id }}>
              {pool.name}
            </Link>
          </>
        }
        lead={<p className="lead">Machines that exist keep what they were ordered with.</p>}
      />
      <div className="card part">
        <ActForm attempt={attempt} fields={POOL_FIELDS} submit="Save" onCancel={back}>
          <PoolFields wish={before} />
        </ActForm>
      </div>
    </div>
  );
}
