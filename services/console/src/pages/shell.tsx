import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouter } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { LiveContext, useLive } from '../adapters/live-context.js';
import { LiveFleet } from '../adapters/live-fleet.js';
import {
  noteSignedOut,
  poolsQuery,
  queryClient,
  RUNNING_JOBS,
  sessionQuery,
  waitingJobsQuery,
} from '../adapters/queries.js';
import type { SignedIn } from '../adapters/session.js';
import { LiveBadge } from '../parts/live-badge.js';
import { Logo } from '../parts/logo.js';
import { Notice } from '../parts/notice.js';
import { PageLinks } from '../parts/page-links.js';
import { SignOutButton } from '../parts/sign-out-button.js';
import { ThemeButton } from '../parts/theme-button.js';

/** What is around every page, for whoever is signed in. */
export function Shell() {
  const { data: signedIn, error, refetch } = useQuery(sessionQuery);
  if (signedIn) return <SignedInShell signedIn={signedIn} />;
  if (signedIn === null) return <ToSignIn />;
  if (!error) return <p className="alone muted">Loading …</p>;
  return (
    <main className="alone">
      <Notice title="Who you are could not be found out." onRetry={() => void refetch()}>
        {error.message}
      </Notice>
    </main>
  );
}

function SignedInShell({ signedIn }: { readonly signedIn: SignedIn }) {
  return (
    <Live>
      <div className="shell">
        <a className="skip" href="#page">
          To the page
        </a>
        <Side signedIn={signedIn} />
        <main id="page" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </Live>
  );
}

/** Follows the fleet for as long as somebody is signed in. */
function Live({ children }: { readonly children: ReactNode }) {
  const [live] = useState(() => new LiveFleet(hearOfJobs()));
  useEffect(() => live.start(), [live]);
  return (
    <LiveContext value={live}>
      <LeaveWhenSignedOut />
      {children}
    </LiveContext>
  );
}

/** Once, from where somebody was: the address changes under way, and this page with it. */
function ToSignIn() {
  const router = useRouter();
  useEffect(() => {
    const back = router.history.location.href;
    void router.navigate({ to: '/sign-in', search: { back }, replace: true });
  }, [router]);
  return null;
}

function Side({ signedIn: { organization, name, role } }: { readonly signedIn: SignedIn }) {
  return (
    <header className="side">
      <Link to="/" className="home">
        <Logo /> <span>Cleanroom</span>
      </Link>
      <PageLinks />
      <LiveBadge />
      <div className="who">
        <p>
          <strong>{organization}</strong>
          <span className="muted" title={name}>
            {name}
          </span>
          <span className="muted">{role.toLowerCase()}</span>
        </p>
        <ThemeButton />
        <SignOutButton />
      </div>
    </header>
  );
}

const JOBS_AT_MOST_EVERY_MS = 1_000;

/** Asks for the jobs that wait, and what pools want because of them, when one changed; once a second at most. */
function hearOfJobs(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void queryClient.invalidateQueries(waitingJobsQuery);
      void queryClient.invalidateQueries({ queryKey: RUNNING_JOBS });
      void queryClient.invalidateQueries(poolsQuery);
    }, JOBS_AT_MOST_EVERY_MS);
  };
}

function LeaveWhenSignedOut() {
  const { phase } = useLive();
  useEffect(() => {
    if (phase === 'signed-out') noteSignedOut();
  }, [phase]);
  return null;
}
