import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
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
  const { after = '', machines } = useSearch({ from: '/shell/audit' });
  const hasMachines = machines === 'shown';
  const { data, error, refetch } = useQuery(auditLogQuery(after, hasMachines));
  if (!data && error) return <UnreadablePage title={TITLE} error={error} onRetry={() => void refetch()} />;
  if (!data) return <ReadingPage title={TITLE} />;
  const { entries, next } = data;
  return (
    <div className="page">
      <PageHead title={TITLE} lead={<Lead entries={entries} hasMachines={hasMachines} />}>
        <MachinesToo isChecked={hasMachines} />
      </PageHead>
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
          <Link className="button" to="/audit" search={{ machines }}>
            Newest
          </Link>
        )}
        {next && (
          <Link className="button" to="/audit" search={{ after: next, machines }}>
            Older
          </Link>
        )}
      </nav>
    </div>
  );
}

function MachinesToo({ isChecked }: { readonly isChecked: boolean }) {
  const navigate = useNavigate({ from: '/audit' });
  const show = (machines: 'shown' | undefined) =>
    void navigate({ search: (before) => ({ ...before, machines }), replace: true, resetScroll: false });
  return (
    <label className="checkbox">
      <input
        type="checkbox"
        checked={isChecked}
        onChange={({ target }) => show(target.checked ? 'shown' : undefined)}
      />{' '}
      Machines’ entries, too
    </label>
  );
}

interface LeadProps {
  readonly entries: readonly AuditEntry[];
  readonly hasMachines: boolean;
}

function Lead({ entries, hasMachines }: LeadProps) {
  const refused = entries.filter(({ outcome }) => outcome !== 'DONE').length;
  return (
    <p className="lead">
      {hasMachines ? 'Every change, newest first.' : 'What people and Cleanroom did, newest first.'}{' '}
      {refused > 0 ? `Of these ${entries.length}, ${refused} were refused.` : ''} Times are UTC.
    </p>
  );
}
