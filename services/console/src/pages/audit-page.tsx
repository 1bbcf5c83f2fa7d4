import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { auditLogQuery, type AuditEntry } from '../adapters/audit-log-query.js';
import { useMay } from '../adapters/use-may.js';
import { AuditTable } from '../parts/audit-table.js';
import { PageHead } from '../parts/page-head.js';
import { ReadingPage } from '../parts/reading-page.js';
import { SilenceLine } from '../parts/silence-line.js';
import { UnreadablePage } from '../parts/unreadable-page.js';
import { NoSuchThing } from './no-such-thing.js';

const TITLE = 'Audit log';

/** Who did what, and what was refused to whom; for owners alone. */
export function AuditPage() {
  const mayRead = useMay('OWNER');
  return mayRead ? <Log /> : <NoSuchThing what="page for your role" />;
}

function Log() {
  const { after = '' } = useSearch({ from: '/shell/audit' });
  const { data, error, refetch } = useQuery(auditLogQuery(after));
  if (!data && error) return <UnreadablePage title={TITLE} error={error} onRetry={() => void refetch()} />;
  if (!data) return <ReadingPage title={TITLE} />;
  const { entries, next } = data;
  return (
    <div className="page">
      <PageHead title={TITLE} lead={<Lead entries={entries} />} />
      <SilenceLine error={error} />
      <section className="card part" aria-label="Entries">
        {entries.length === 0 ? (
          <p className="muted">Nothing was done yet.</p>
        ) : (
          <AuditTable entries={entries} />
        )}
      </section>
      <nav className="page-actions" aria-label="Pages of the log">
        {after && (
          <Link className="button" to="/audit">
            Newest
          </Link>
        )}
        {next && (
          <Link className="button" to="/audit" search={{ after: next }}>
            Older
          </Link>
        )}
      </nav>
    </div>
  );
}

function Lead({ entries }: { readonly entries: readonly AuditEntry[] }) {
  const refused = entries.filter(({ outcome }) => outcome !== 'DONE').length;
  return (
    <p className="lead">
      Every change, newest first. {refused > 0 ? `Of these ${entries.length}, ${refused} were refused.` : ''}{' '}
      Times are UTC.
    </p>
  );
}
