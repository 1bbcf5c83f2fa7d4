import { Link } from '@tanstack/react-router';
import type { PoolDetails as Details } from '../adapters/pool-query.js';
import { choice, money } from '../domain/say.js';
import { spanInWords } from '../domain/time-span.js';
import { whyMissing, type MissingPart } from '../domain/who-answers.js';
import { FactCard } from './fact-card.js';
import { Fact } from './fact.js';

interface PoolDetailsProps {
  readonly pool: Details;
  readonly missing: readonly MissingPart[];
}

/** What a pool is to be, and what of others it has. */
export function PoolDetails({ pool, missing }: PoolDetailsProps) {
  return (
    <div className="page-cards">
      <JobsCard pool={pool} missing={missing} />
      <MachinesCard pool={pool} missing={missing} />
      <RulesCard pool={pool} missing={missing} />
    </div>
  );
}

const SCOPES = { GROUP: 'group', PROJECT: 'project', INSTANCE: 'the whole instance' } as const;

const JobsCard = ({ pool, missing }: PoolDetailsProps) => (
  <FactCard title="Takes jobs">
    <Fact name="GitLab">{pool.gitlab?.name ?? whyMissing(missing, 'gitlab') ?? '–'}</Fact>
    <Fact name="Of">
      {SCOPES[pool.scope.kind]} {pool.scope.fullPath}
    </Fact>
    <Fact name="Tags">{pool.tags.join(', ') || 'none'}</Fact>
    <Fact name="Without tags">{pool.runUntagged ? 'Yes' : 'No'}</Fact>
    <Fact name="Only protected">{pool.protectedOnly ? 'Yes' : 'No'}</Fact>
  </FactCard>
);

const MachinesCard = ({ pool, missing }: PoolDetailsProps) => (
  <FactCard title="Machines">
    <Fact name="Hetzner">{pool.hetznerProject?.name ?? whyMissing(missing, 'hetznerProject') ?? '–'}</Fact>
    <Fact name="Type">{choice(pool.serverTypes)}</Fact>
    <Fact name="Locations">{pool.locations.join(', ')}</Fact>
    <Fact name="Image">{pool.image}</Fact>
    <Fact name="Fresh">{pool.freshMachine === 'EVERY_JOB' ? 'for every job' : 'at every start'}</Fact>
    <Fact name="Idle for">{spanInWords(pool.idleTimeout)}, then it is unwanted</Fact>
    <Fact name="Oldest">{spanInWords(pool.maxMachineAge)}</Fact>
  </FactCard>
);

const RulesCard = ({ pool, missing }: PoolDetailsProps) => (
  <FactCard title="Rules and cost">
    <Fact name="Schedule">
      {pool.schedule ? (
        <Link to="/schedules" search={{ schedule: pool.schedule.id }}>
          {pool.schedule.name}
        </Link>
      ) : (
        (whyMissing(missing, 'schedule') ?? 'none')
      )}
    </Fact>
    <Fact name="Firewall">
      {pool.firewallPolicies && pool.firewallPolicies.length > 0 ? (
        <Link to="/firewall">{pool.firewallPolicies.map(({ name }) => name).join(', ')}</Link>
      ) : (
        (whyMissing(missing, 'firewallPolicies') ?? 'baseline only: nothing inbound')
      )}
    </Fact>
    <Fact name="Static IPs">
      <Link to="/static-ips" search={{ pool: pool.id }}>
        To copy, as a list
      </Link>
    </Fact>
    <Fact name="Today">
      {pool.cost ? `${money(pool.cost.total)} net` : (whyMissing(missing, 'cost') ?? '–')}{' '}
      <Link className="one-line" to="/cost" search={{ pool: pool.id }}>
        Cost and budget
      </Link>
    </Fact>
  </FactCard>
);
