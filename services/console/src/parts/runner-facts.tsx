import type { ReactNode } from 'react';
import type { MachineLife, RunnerDetails } from '../adapters/runner-query.js';
import { useNow } from '../adapters/use-now.js';
import { protectionWords } from '../domain/protection-words.js';
import { duration, money } from '../domain/say.js';
import { dayOf, timeOf } from '../domain/when.js';
import { whyMissing, type MissingPart } from '../domain/who-answers.js';
import { CopiedText } from './copied-text.js';
import { FactCard } from './fact-card.js';
import { Fact } from './fact.js';

interface RunnerFactsProps {
  readonly runner: RunnerDetails;
  readonly missing: readonly MissingPart[];
}

/** The machine of a runner, and what it has that machines come and go with. */
export function RunnerFacts({ runner, missing }: RunnerFactsProps) {
  return (
    <>
      <MachineCard runner={runner} />
      <StaticIpCard runner={runner} missing={missing} />
      <IdentityCard runner={runner} missing={missing} />
      <FirewallCard runner={runner} missing={missing} />
      <FactCard
        title="Cost"
        instead={
          runner.costToDate ? undefined : (whyMissing(missing, 'costToDate') ?? 'It has cost nothing yet.')
        }
      >
        {runner.costToDate && <Fact name="To date">{money(runner.costToDate)} net</Fact>}
      </FactCard>
    </>
  );
}

function MachineCard({ runner: { machine, pool } }: Pick<RunnerFactsProps, 'runner'>) {
  const now = useNow();
  if (!machine)
    return <FactCard title="Machine" instead="None. The runner keeps its static IP and its name." />;
  const { serverType, location, serverId, generation, paidUntil } = machine;
  const left = paidUntil === null ? 0 : Date.parse(paidUntil) - now;
  return (
    <FactCard title="Machine">
      <Fact name="Server">
        {serverType} in {location} {serverId && <span className="muted">#{serverId}</span>}
      </Fact>
      <Fact name="Generation">
        {generation}{' '}
        <span className="muted">
          {pool.freshMachine === 'EVERY_JOB' ? 'fresh for every job' : 'fresh at every start'}
        </span>
      </Fact>
      <Fact name="Ready">{readyInWords(machine)}</Fact>
      {paidUntil && (
        <Fact name="Paid until">
          {timeOf(paidUntil)} <span className="muted">UTC{left > 0 && `, ${duration(left)} left`}</span>
        </Fact>
      )}
    </FactCard>
  );
}

/** A generation after the first becomes ready again: how long ago its server was ordered says nothing of it. */
function readyInWords({ generation, orderedAt, readyAt }: MachineLife): ReactNode {
  if (readyAt === null) return 'not yet';
  if (generation === 1) return `after ${duration(Date.parse(readyAt) - Date.parse(orderedAt))}`;
  return (
    <>
      again at {timeOf(readyAt)} <span className="muted">UTC</span>
    </>
  );
}

const IP_WORDS = {
  RESERVING: 'is being reserved',
  ACTIVE: '',
  QUARANTINED: 'in quarantine',
  RELEASING: 'is being released',
} as const;

function StaticIpCard({ runner: { staticIp }, missing }: RunnerFactsProps) {
  if (!staticIp)
    return <FactCard title="Static IP" instead={whyMissing(missing, 'staticIp') ?? 'It has none yet.'} />;
  const { address, location, leasedSince, status } = staticIp;
  return (
    <FactCard title="Static IP">
      <Fact name="Address">
        {address ? <CopiedText text={address} what="address" /> : '–'} {IP_WORDS[status]}
      </Fact>
      <Fact name="Leased since">
        {leasedSince ? dayOf(leasedSince) : '–'} <span className="muted">{location}</span>
      </Fact>
    </FactCard>
  );
}

function IdentityCard({ runner: { identity }, missing }: RunnerFactsProps) {
  const now = useNow();
  if (!identity)
    return <FactCard title="Identity" instead={whyMissing(missing, 'identity') ?? 'It has none yet.'} />;
  const { issuer, subject, lastTokenIssuedAt } = identity;
  return (
    <FactCard title="Identity">
      <Fact name="Issuer">
        <CopiedText text={issuer} what="issuer" />
      </Fact>
      <Fact name="Subject">
        <CopiedText text={subject} what="subject" />
      </Fact>
      <Fact name="Last token">
        {lastTokenIssuedAt ? `${duration(now - Date.parse(lastTokenIssuedAt))} ago` : 'none yet'}
      </Fact>
    </FactCard>
  );
}

function FirewallCard({ runner: { firewall, machine }, missing }: RunnerFactsProps) {
  const now = useNow();
  if (!firewall)
    return (
      <FactCard
        title="Firewall"
        instead={whyMissing(missing, 'firewall') ?? 'There is no machine to protect.'}
      />
    );
  const [answer, detail] = protectionWords(firewall, now);
  return (
    <FactCard title="Firewall">
      <Fact name="Protected">
        {machine ? answer : 'No machine to protect'}
        {machine && <span className="muted">{detail}</span>}
      </Fact>
      <Fact name="Policies">
        Baseline: nothing inbound
        {firewall.policies.map(({ id, name }) => (
          <span className="one-line" key={id}>
            {name}
          </span>
        ))}
      </Fact>
    </FactCard>
  );
}
