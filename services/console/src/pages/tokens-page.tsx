import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { apiTokensQuery, type ApiToken } from '../adapters/api-tokens-query.js';
import { queryClient } from '../adapters/queries.js';
import { useMay } from '../adapters/use-may.js';
import { amountOf } from '../domain/say.js';
import { NewTokenDialog } from '../parts/new-token-dialog.js';
import { PageHead } from '../parts/page-head.js';
import { ReadingPage } from '../parts/reading-page.js';
import { RevokeTokenDialog } from '../parts/revoke-token-dialog.js';
import { SilenceLine } from '../parts/silence-line.js';
import { TokenTable } from '../parts/token-table.js';
import { UnreadablePage } from '../parts/unreadable-page.js';

const TITLE = 'API tokens';

/** Who gets in, and what they may. */
export function TokensPage() {
  const { data, error, refetch } = useQuery(apiTokensQuery);
  if (!data && error) return <UnreadablePage title={TITLE} error={error} onRetry={() => void refetch()} />;
  if (!data) return <ReadingPage title={TITLE} />;
  return <Tokens tokens={data} error={error} />;
}

function Tokens({ tokens, error }: { readonly tokens: readonly ApiToken[]; readonly error: Error | null }) {
  const [open, setOpen] = useState<'new' | ApiToken>();
  const mayOwn = useMay('OWNER');
  const close = () => setOpen(undefined);
  const changed = () => void queryClient.invalidateQueries(apiTokensQuery);
  const revoked = () => {
    close();
    changed();
  };
  return (
    <div className="page">
      <PageHead title={TITLE} lead={<Lead tokens={tokens} />}>
        {mayOwn && (
          <button className="button" type="button" onClick={() => setOpen('new')}>
            New token
          </button>
        )}
      </PageHead>
      <SilenceLine error={error} />
      <section className="card part" aria-label={TITLE}>
        {tokens.length === 0 ? (
          <p className="muted">None that is not revoked: you are signed in to the end of your session.</p>
        ) : (
          <TokenTable tokens={tokens} onRevoke={mayOwn ? setOpen : undefined} />
        )}
      </section>
      {open === 'new' && <NewTokenDialog onCreated={changed} onClose={close} />}
      {open && open !== 'new' && <RevokeTokenDialog token={open} onDone={revoked} onClose={close} />}
    </div>
  );
}

function Lead({ tokens }: { readonly tokens: readonly ApiToken[] }) {
  const owners = tokens.filter(({ role }) => role === 'OWNER').length;
  return (
    <p className="lead">
      <b>{amountOf(tokens.length, 'token')}</b>, {owners === 1 ? '1 of an owner' : `${owners} of owners`}.
      What is secret of them is shown once, when they are made.
    </p>
  );
}
