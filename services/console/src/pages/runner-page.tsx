import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useLive } from '../adapters/live-context.js';
import { queryClient } from '../adapters/queries.js';
import { runnerQuery, type RunnerDetails } from '../adapters/runner-query.js';
import { newsOf } from '../adapters/runner-pages.js';
import { useNow } from '../adapters/use-now.js';
import { isToBeDrained, whatDrainDoes } from '../domain/drain.js';
import type { RunnerNews } from '../domain/fleet.js';
import { wordsOf } from '../domain/runner-states.js';
import { duration, nextTry, sentence } from '../domain/say.js';
import type { MissingPart } from '../domain/who-answers.js';
import { CurrentJob } from '../parts/current-job.js';
import { EarlierMachines } from '../parts/earlier-machines.js';
import { PageHead } from '../parts/page-head.js';
import { RunnerActions } from '../parts/runner-actions.js';
import { RunnerFacts } from '../parts/runner-facts.js';
import { RunnerTimeline } from '../parts/runner-timeline.js';
import { SilenceLine } from '../parts/silence-line.js';
import { Skeleton } from '../parts/skeleton.js';
import { StateMark } from '../parts/state-mark.js';
import { UnreadablePage } from '../parts/unreadable-page.js';
import { NoSuchThing } from './no-such-thing.js';

const FIRST = 20;
/** As many as the API gives at once. */
const MOST = 100;

/** One runner: what it does, why, what happened to it, and what can be done. */
export function RunnerPage() {
  const { runnerId } = useParams({ from: '/shell/runners/$runnerId' });
  const [first, setFirst] = useState(FIRST);
  const { data, error, refetch } = useQuery(runnerQuery(runnerId, first));
  const seat = useLive().fleet.seat(runnerId);
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: ['runner', runnerId] });
  }, [runnerId, seat?.since]);
  if (!data && error) return <UnreadablePage title="Runner" error={error} onRetry={() => void refetch()} />;
  if (!data) return <Reading name={seat?.name} />;
  const { runner, missing } = data;
  if (!runner) return <NoSuchThing what="runner" />;
  const read = newsOf(runner);
  // Whichever is later: a change on the stream comes before the answer to a question.
  const news = seat && seat.since > read.since ? seat : read;
  const isDrained = isToBeDrained(news, runner.timeline.nodes);
  return (
    <div className="page">
      <PageHead title={runner.name} crumbs={<Crumbs runner={runner} />} lead={<Lead news={news} />}>
        <RunnerActions runner={runner} state={news.state} isToBeDrained={isDrained} />
      </PageHead>
      <SilenceLine error={error} />
      {isDrained && (
        <p className="silence" role="status">
          It is drained. {whatDrainDoes(news.state, runner.currentJob?.name)}
        </p>
      )}
      <Because news={news} />
      <Details {...{ runner, missing }} onMore={first < MOST ? () => setFirst(MOST) : undefined} />
    </div>
  );
}

interface DetailsProps {
  readonly runner: RunnerDetails;
  readonly missing: readonly MissingPart[];
  readonly onMore: (() => void) | undefined;
}

const Details = ({ runner, missing, onMore }: DetailsProps) => (
  <div className="page-columns">
    <div>
      <CurrentJob job={runner.currentJob} missing={missing} />
      <RunnerTimeline timeline={runner.timeline} onMore={onMore} />
      <EarlierMachines machines={runner.machines} current={runner.machine?.id} />
    </div>
    <div>
      <RunnerFacts runner={runner} missing={missing} />
    </div>
  </div>
);

const Crumbs = ({ runner: { pool } }: { readonly runner: RunnerDetails }) => (
  <>
    <Link to="/">Fleet</Link> /{' '}
    <Link to="/pools/$poolId" params={{ poolId: pool.id }}>
      {pool.name}
    </Link>
  </>
);

function Lead({ news: { state, since } }: { readonly news: RunnerNews }) {
  const now = useNow();
  const { word, meaning } = wordsOf(state);
  return (
    <p className="lead state">
      <StateMark state={state} />
      <span>
        <b>{word}</b> for {duration(now - since)}. {meaning}
      </span>
    </p>
  );
}

function Because({ news: { reason, retryAt } }: { readonly news: RunnerNews }) {
  const now = useNow();
  if (!reason && retryAt === null) return null;
  return (
    <p className="silence">
      {reason && sentence(reason)} {retryAt !== null && nextTry(retryAt, now)}
    </p>
  );
}

const Reading = ({ name = 'Runner' }: { readonly name: string | undefined }) => (
  <div className="page">
    <PageHead title={name} lead={<p className="lead">Loading …</p>} />
    <Skeleton />
  </div>
);
