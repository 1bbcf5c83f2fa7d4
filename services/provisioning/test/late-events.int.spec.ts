import { create, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { ConnectionStatus, EnrolmentStatus, JobStatus, StaticIpStatus, topics } from '@cleanroom/contracts';
import type { Topic } from '@cleanroom/contracts';
import { systemClock } from '@cleanroom/kernel';
import type { IncomingEvent } from '@cleanroom/messaging';
import { inOrganization } from '@cleanroom/persistence';
import { consumersOf } from '../src/adapters/events/consumers.js';
import { idleRunner, newId } from './idle-runner.js';

type World = Awaited<ReturnType<typeof idleRunner>>;
type Said = Record<string, unknown>;

/** What is told by an event, and what by one that differs in everything that is kept. */
interface Telling {
  readonly topic: Topic;
  readonly of: (world: World) => Said;
  readonly known: Said;
  readonly other: Said;
}

const telling = <S extends DescMessage>(
  topic: Topic<S>,
  of: (world: World) => MessageInitShape<S>,
  known: MessageInitShape<S>,
  other: MessageInitShape<S>,
): Telling => ({ topic, of: of as Telling['of'], known: known as Said, other: other as Said });

const sealed = (byte: number) => [{ recipient: 'provisioning', sealed: new Uint8Array([byte]) }];
const machineOf = ({ machineId, runnerId, poolId }: World) => ({ machineId, runnerId, poolId });
const POLICY = newId('firewallPolicy');

const tellings: readonly Telling[] = [
  telling(
    topics.hetznerProject,
    ({ hetznerProjectId }) => ({ hetznerProjectId }),
    { status: ConnectionStatus.CONNECTED, endpoint: 'https://a', sshKeyId: 1n, apiTokens: sealed(1) },
    {
      status: ConnectionStatus.CREDENTIALS_INVALID,
      endpoint: 'https://b',
      sshKeyId: 2n,
      apiTokens: sealed(2),
    },
  ),
  telling(
    topics.gitlabConnection,
    ({ gitlabConnectionId }) => ({ gitlabConnectionId }),
    { status: ConnectionStatus.CONNECTED, url: 'https://a', accessTokens: sealed(1) },
    {
      status: ConnectionStatus.CREDENTIALS_INVALID,
      url: 'https://b',
      accessTokens: sealed(2),
      deleted: true,
    },
  ),
  telling(
    topics.staticIp,
    ({ runnerId, poolId, hetznerProjectId }) => ({ runnerId, poolId, hetznerProjectId }),
    { status: StaticIpStatus.ACTIVE, primaryIpId: 7n, address: '127.64.0.2', location: 'fsn1' },
    { status: StaticIpStatus.RELEASED, location: 'nbg1', reason: 'gone' },
  ),
  telling(
    topics.machineIdentity,
    machineOf,
    { generation: 2, status: EnrolmentStatus.ENROLLED },
    { generation: 1, status: EnrolmentStatus.QUARANTINED },
  ),
  telling(
    topics.machineProtection,
    machineOf,
    { generation: 2, protected: true },
    { generation: 2, protected: false },
  ),
  telling(
    topics.baselineFirewall,
    ({ hetznerProjectId }) => ({ hetznerProjectId }),
    { firewallId: 5n },
    { firewallId: 6n },
  ),
  telling(topics.poolPolicies, ({ poolId }) => ({ poolId }), { policyIds: [POLICY] }, { policyIds: [] }),
  telling(
    topics.capacity,
    ({ poolId }) => ({ poolId }),
    { wanted: 3, because: 'a window' },
    { wanted: 4, because: 'jobs wait' },
  ),
  telling(
    topics.budget,
    ({ poolId }) => ({ scopeId: poolId }),
    { holds: true, blocks: true },
    { holds: false, blocks: false },
  ),
  telling(
    topics.spend,
    machineOf,
    { hoursAsked: 2, hoursGranted: 2, reason: 'granted' },
    {
      ...{ hoursAsked: 1, hoursGranted: 0, reason: 'refused', exhaustedScopeId: 'x' },
      retryAt: timestampFromDate(new Date()),
    },
  ),
];

let world: World;
beforeEach(async () => {
  world = await idleRunner(systemClock, { works: false });
});
afterEach(() => world.stop());

/** Each telling has an id of its own, so that the inbox lets it through. */
const tell = ({ topic, of }: Pick<Telling, 'topic' | 'of'>, said: Said, version: bigint): Promise<void> =>
  inOrganization(world.db, world.organizationId, async (tx) => {
    const { organizationId } = world;
    const message = create(topic.schema, { organizationId, version, ...of(world), ...said });
    const event = { id: newId('runner'), topic: topic.name, key: 'k', organizationId, version, message };
    const consumer = consumersOf(systemClock).find((one) => one.topic === topic);
    await consumer?.handle(tx, event as unknown as IncomingEvent<DescMessage>);
  });

/** Everything but when a row is looked at next. */
const rows = async (): Promise<unknown> => {
  const found: Record<string, unknown> = {};
  for (const table of [
    'hetzner_project',
    'gitlab_connection',
    'pool',
    'runner',
    'machine',
    'budget',
    'timeline',
  ])
    found[table] = await world.db.asAdmin(
      `SELECT to_jsonb(one) - '{due_at,lease_owner,lease_until,lease_epoch,lease_wakes,lease_failures,trace_parent}'::text[] AS row
       FROM ${table} AS one ORDER BY 1`,
    );
  return found;
};

it('every topic that is heard, but for jobs, is in the table', () => {
  const heard = consumersOf(systemClock).map(({ topic }) => topic.name);
  expect([...tellings.map(({ topic }) => topic.name), topics.job.name].sort()).toEqual(heard.sort());
});

describe.each(tellings.map((one) => [one.topic.name, one] as const))('of %s', (_, one) => {
  it('an older word that comes late changes nothing, and a newer one does', async () => {
    await tell(one, one.known, 5n);
    const known = await rows();
    await tell(one, one.other, 4n);
    expect(await rows()).toEqual(known);
    await tell(one, one.other, 6n);
    expect(await rows()).not.toEqual(known);
  });
});

it('that a job runs changes nothing where it was heard before that it is over', async () => {
  const jobOf: Telling['of'] = ({ gitlabConnectionId }) => ({
    ...{ gitlabConnectionId, gitlabRunnerId: 9n, gitlabJobId: 7n },
  });
  const job = { topic: topics.job, of: jobOf };
  await tell(job, { status: JobStatus.SUCCEEDED }, 5n);
  const known = await rows();
  await tell(job, { status: JobStatus.RUNNING }, 4n);
  expect(await rows()).toEqual(known);
});
