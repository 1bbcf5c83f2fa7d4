import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { connectionsQuery } from '../adapters/connections-query.js';
import { poolNamesQuery, type PoolName } from '../adapters/pool-names-query.js';
import { queryClient } from '../adapters/queries.js';
import { useMay } from '../adapters/use-may.js';
import { amountOf } from '../domain/say.js';
import { currentStep, STEPS, type Step } from '../domain/set-up-steps.js';
import { ConnectGitLabForm } from '../parts/connect-gitlab-form.js';
import { ConnectHetznerForm } from '../parts/connect-hetzner-form.js';
import { NewPoolForm } from '../parts/new-pool-form.js';
import { PageHead } from '../parts/page-head.js';
import { ReadingPage } from '../parts/reading-page.js';
import { SetUpStep } from '../parts/set-up-step.js';
import { SilenceLine } from '../parts/silence-line.js';
import { UnreadablePage } from '../parts/unreadable-page.js';
import { NoSuchThing } from './no-such-thing.js';

/** What a new team does first, step by step: Hetzner, GitLab, the first pool. */
export function SetUpPage() {
  const mayOwn = useMay('OWNER');
  const connections = useQuery(connectionsQuery);
  const pools = useQuery(poolNamesQuery);
  if (!mayOwn) return <NoSuchThing what="page for your role" />;
  const { data, error, refetch } = connections;
  if (!data && error) return <UnreadablePage title="Set up" error={error} onRetry={() => void refetch()} />;
  if (!data || pools.isPending) return <ReadingPage title="Set up" />;
  return (
    <Steps connections={data} error={error} pools={pools.data?.items} whyNoPools={pools.error?.message} />
  );
}

interface StepsProps {
  readonly connections: Pick<Connections, 'hetznerProjects' | 'gitlabConnections'>;
  /** Left out where it is not known which there are. */
  readonly pools: readonly PoolName[] | undefined;
  readonly whyNoPools: string | undefined;
  /** Why the connections could not be read anew. */
  readonly error: Error | null;
}

type Connections = Parameters<typeof NewPoolForm>[0];

function Steps({ connections, error, pools = [], whyNoPools = '' }: StepsProps) {
  const { hetznerProjects, gitlabConnections } = connections;
  const current = currentStep({
    hetzner: hetznerProjects.length > 0,
    gitlab: gitlabConnections.length > 0,
    pool: pools.length > 0,
  });
  const said: Record<Step, string> = {
    hetzner: connected(hetznerProjects),
    gitlab: connected(gitlabConnections),
    pool: whyNoPools || pools.map(({ name }) => name).join(', '),
  };
  return (
    <div className="page page-narrow">
      <PageHead title="Set up" crumbs={<Link to="/">Fleet</Link>} lead={<Lead current={current} />} />
      <SilenceLine error={error} />
      <ol className="steps">
        {STEPS.map((step, index) => (
          <SetUpStep
            key={step}
            number={index + 1}
            title={TITLES[step]}
            standing={step === current ? 'current' : isBefore(step, current) ? 'done' : 'later'}
            said={said[step]}
          >
            <StepForm step={step} connections={connections} />
          </SetUpStep>
        ))}
      </ol>
    </div>
  );
}

const TITLES: Readonly<Record<Step, string>> = {
  hetzner: 'Connect a Hetzner project',
  gitlab: 'Connect a GitLab',
  pool: 'Make the first pool',
};

const connected = (all: readonly { readonly name: string }[]): string =>
  all.map(({ name }) => `${name} is connected.`).join(' ');

const isBefore = (step: Step, current: Step | undefined): boolean =>
  current === undefined || STEPS.indexOf(step) < STEPS.indexOf(current);

const Lead = ({ current }: { readonly current: Step | undefined }) => (
  <p className="lead">
    {current === undefined
      ? 'All is set up.'
      : `${amountOf(STEPS.length - STEPS.indexOf(current), 'step')} until the first job runs. Each is checked before the next.`}
  </p>
);

function StepForm({
  step,
  connections,
}: {
  readonly step: Step;
  readonly connections: StepsProps['connections'];
}) {
  const navigate = useNavigate();
  const leave = () => void navigate({ to: '/' });
  const read = () => void queryClient.invalidateQueries(connectionsQuery);
  if (step === 'hetzner') return <ConnectHetznerForm onDone={read} onCancel={leave} />;
  if (step === 'gitlab') return <ConnectGitLabForm onDone={read} onCancel={leave} />;
  return <NewPoolForm {...connections} onDone={leave} onCancel={leave} />;
}
