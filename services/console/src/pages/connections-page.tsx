import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { connectionsQuery } from '../adapters/connections-query.js';
import { queryClient } from '../adapters/queries.js';
import { useMay } from '../adapters/use-may.js';
import { useNow } from '../adapters/use-now.js';
import { connectionsInWords } from '../domain/connection-words.js';
import { duration } from '../domain/say.js';
import { ConnectDialog, type ConnectionKind } from '../parts/connect-dialog.js';
import { ConnectionList } from '../parts/connection-list.js';
import { PageHead } from '../parts/page-head.js';
import { ReadingPage } from '../parts/reading-page.js';
import { SilenceLine } from '../parts/silence-line.js';
import { UnreadablePage } from '../parts/unreadable-page.js';

const changed = () => void queryClient.invalidateQueries(connectionsQuery);

/** The Hetzner projects and GitLabs that Cleanroom works with, and whether it can. */
export function ConnectionsPage() {
  const { data, error, refetch } = useQuery(connectionsQuery);
  const now = useNow();
  if (!data && error)
    return <UnreadablePage title="Connections" error={error} onRetry={() => void refetch()} />;
  if (!data) return <ReadingPage title="Connections" />;
  const { hetznerProjects, gitlabConnections } = data;
  if (hetznerProjects.length + gitlabConnections.length === 0) return <NoConnection />;
  const words = connectionsInWords([...hetznerProjects, ...gitlabConnections].map(({ status }) => status));
  const checked = (at: string | null) => (at === null ? '' : `checked ${duration(now - Date.parse(at))} ago`);
  return (
    <div className="page">
      <PageHead title="Connections" lead={<p className="lead">{words}</p>}>
        <ConnectButtons />
      </PageHead>
      <SilenceLine error={error} />
      <div className="page-cards">
        <ConnectionList
          title="Hetzner projects"
          kind="hetzner"
          connections={hetznerProjects.map((one) => ({ ...one, about: checked(one.lastCheckedAt) }))}
          onChanged={changed}
        />
        <ConnectionList
          title="GitLabs"
          kind="gitlab"
          connections={gitlabConnections.map((one) => ({ ...one, about: one.url }))}
          onChanged={changed}
        />
      </div>
    </div>
  );
}

function ConnectButtons() {
  const [kind, setKind] = useState<ConnectionKind>();
  const mayConnect = useMay('OWNER');
  if (!mayConnect) return null;
  const close = () => setKind(undefined);
  const done = () => {
    close();
    changed();
  };
  return (
    <>
      <button className="button" type="button" onClick={() => setKind('hetzner')}>
        Connect Hetzner
      </button>
      <button className="button" type="button" onClick={() => setKind('gitlab')}>
        Connect GitLab
      </button>
      {kind && <ConnectDialog kind={kind} onDone={done} onClose={close} />}
    </>
  );
}

function NoConnection() {
  const mayConnect = useMay('OWNER');
  return (
    <div className="page-alone">
      <title>Connections · Cleanroom</title>
      <h1>Connections</h1>
      <div className="card empty">
        <h2>Nothing is connected yet</h2>
        <p>Cleanroom orders machines in a Hetzner project of yours, for the jobs of your GitLab.</p>
        {mayConnect && (
          <p>
            <Link className="button" to="/set-up">
              Set up
            </Link>
          </p>
        )}
      </div>
    </div>
  );
}
