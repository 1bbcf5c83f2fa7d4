import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { connectionsQuery } from '../adapters/connections-query.js';
import { useMay } from '../adapters/use-may.js';
import { NewPoolForm } from '../parts/new-pool-form.js';
import { PageHead } from '../parts/page-head.js';
import { Skeleton } from '../parts/skeleton.js';
import { UnreadablePage } from '../parts/unreadable-page.js';
import { NoSuchThing } from './no-such-thing.js';

/** Makes a pool. */
export function NewPoolPage() {
  const mayCreate = useMay('OWNER');
  const { data, error, refetch } = useQuery(connectionsQuery);
  const navigate = useNavigate();
  const leave = () => void navigate({ to: '/' });
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
      {(data.hetznerProjects.length === 0 || data.gitlabConnections.length === 0) && (
        <p className="silence">
          Nothing is connected that a pool could use. <Link to="/set-up">Set up</Link>
        </p>
      )}
      <div className="card part">
        <NewPoolForm {...data} onDone={leave} onCancel={leave} />
      </div>
    </div>
  );
}
