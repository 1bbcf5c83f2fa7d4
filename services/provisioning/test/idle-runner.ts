import { randomBytes } from 'node:crypto';
import { composeId, type Clock, type IdKind, type WorkLease } from '@cleanroom/kernel';
import { inOrganization } from '@cleanroom/persistence';
import { addLogFields, createLogger, leasedLoops } from '@cleanroom/service-kit';
import { serviceDatabase } from '@cleanroom/testing';
import { reconcileRunner } from '../src/actions/reconcile-runner.js';
import { migrations } from '../src/adapters/postgres/migrations/index.js';
import { PostgresTransactions } from '../src/adapters/postgres/transactions.js';
import { untouched, type Machine } from '../src/domain/machine.js';
import { jobsTaken, type JobsTaken, type Pool } from '../src/domain/pool.js';
import type { Runner } from '../src/domain/runner.js';
import { loops } from '../src/loops/loops.js';
import type { GitLabRunners, ProvisioningPorts, Servers } from '../src/ports.js';

export const newId = (kind: IdKind): string => composeId(kind, new Date(), randomBytes(16));

/** A GitLab that says yes to everything; a test changes what it must. */
export class AgreeableGitLab {
  readonly told: JobsTaken[] = [];
  /** What it says when it is asked whether a job runs. */
  runsJob = false;
  /** Of the job that runs: when it began, and whether nothing is in its log. */
  jobBegan = new Date(0);
  isSilent = false;
  /** Thrown by the next change of tags. */
  refuses: Error | undefined;

  readonly deleted: number[] = [];
  readonly created: string[] = [];

  readonly calls: Pick<
    GitLabRunners,
    'setJobsTaken' | 'pause' | 'hasRunningJob' | 'silentJobs' | 'delete' | 'findByMark' | 'create'
  > = {
    setJobsTaken: async (_, jobs) => {
      const error = this.refuses;
      this.refuses = undefined;
      if (error) throw error;
      const { tags, runUntagged, protectedRefsOnly } = jobs;
      this.told.push({ tags, runUntagged, protectedRefsOnly });
    },
    pause: async () => undefined,
    hasRunningJob: async () => this.runsJob,
    silentJobs: async (_, forSeconds) =>
      this.runsJob && this.isSilent && Date.now() - this.jobBegan.getTime() >= forSeconds * 1_000 ? [7] : [],
    delete: async (id) => void this.deleted.push(id),
    findByMark: async () => [],
    create: async ({ mark }) => ({ id: 100 + this.created.push(mark), token: 'glrt-spec' }),
  };
}

export interface Given {
  /** What is otherwise than with an idle runner. */
  readonly runner?: Partial<Runner>;
  readonly machine?: Partial<Machine>;
  /** Left out: there are no Hetzner credentials. */
  readonly servers?: Partial<Servers>;
  /** Whether the service's own workers run. @default true */
  readonly works?: boolean;
}

/** An `EVERY_START` pool with one runner that is idle, worked on by the service's own workers in a real database. */
export async function idleRunner(clock: Clock, given: Given = {}) {
  const db = await serviceDatabase({ name: 'provisioning', migrations, isCopy: true });
  const gitlab = new AgreeableGitLab();
  const lines: Record<string, unknown>[] = [];
  const transactions = new PostgresTransactions(db, clock);
  const ports = {
    transactions,
    providers: {
      gitlabOf: async () => gitlab.calls,
      serversOf: async () => given.servers,
      sealRunnerToken: async () => new Uint8Array(8),
    },
    installation: 'spec',
    newId,
    hashOf: () => new Uint8Array(32),
    ticketOf: () => 'crt_spec',
    renderUserData: () => '#cloud-config',
    now: () => clock.now(),
    clockFactor: clock.factor,
    workingSince: new Date(0),
    hearingSince: () => new Date(0),
    log: createLogger('provisioning', 'info', { write: (line) => void lines.push(JSON.parse(line)) }),
    logPool: (pool: string) => addLogFields({ pool }),
  } as unknown as ProvisioningPorts;
  const ids = await insertRows(db, transactions, clock.now(), given);
  const options = { ports, db, clock, log: ports.log, leaseSeconds: 10 };
  const works = given.works === false ? [] : leasedLoops(loops, options);
  for (const work of works) work.start(() => undefined);
  return {
    ...ids,
    ports,
    db,
    gitlab,
    lines,
    /** One step of a worker that has just taken the runner over from whoever held it. */
    step: () => takeOver(db, ids).then((lease) => reconcileRunner(ports, lease)),
    runner: () => transactions.inOrganization(ids.organizationId, (tx) => tx.runners.find(ids.runnerId)),
    stop: async () => {
      await Promise.all(works.map((work) => work.stop()));
      await db.close();
    },
  };
}

/** Something happens, once, between the moment at which the next step is decided and its transaction. */
export function afterTheDecision(ports: ProvisioningPorts, happens: () => Promise<unknown>): void {
  const { transactions } = ports;
  let transaction = 0;
  const inOrganization: typeof transactions.inOrganization = async (organizationId, work) => {
    if (++transaction === 2) {
      Object.assign(ports, { transactions });
      await happens();
    }
    return transactions.inOrganization(organizationId, work);
  };
  const machinesOfAnybody: typeof transactions.machinesOfAnybody = (machines) =>
    transactions.machinesOfAnybody(machines);
  Object.assign(ports, { transactions: { inOrganization, machinesOfAnybody } });
}

/** The runner's row changes hands, as after a silence of its holder. */
async function takeOver(
  db: Awaited<ReturnType<typeof serviceDatabase>>,
  { runnerId, organizationId }: Ids,
): Promise<WorkLease> {
  const [row] = await db.asAdmin(
    'UPDATE runner SET lease_epoch = lease_epoch + 1 WHERE id = $1 RETURNING lease_epoch',
    [runnerId],
  );
  return { id: runnerId, organizationId, epoch: BigInt(String(row?.lease_epoch)) };
}

async function insertRows(
  db: Awaited<ReturnType<typeof serviceDatabase>>,
  transactions: PostgresTransactions,
  now: Date,
  given: Given,
) {
  const ids = {
    organizationId: newId('organization'),
    poolId: newId('pool'),
    runnerId: newId('runner'),
    machineId: newId('machine'),
    gitlabConnectionId: newId('gitlabConnection'),
    hetznerProjectId: newId('hetznerProject'),
  };
  const { organizationId, hetznerProjectId } = ids;
  await inOrganization(db, organizationId, async (tx) => {
    await tx.query(
      `INSERT INTO gitlab_connection (id, organization_id, version, url, usable, deleted)
       VALUES ($1, $2, 1, 'https://gitlab.example', true, false)`,
      [ids.gitlabConnectionId, organizationId],
    );
    await tx.query(
      `INSERT INTO hetzner_project (id, organization_id, version, endpoint, usable, ssh_key_id, baseline_firewall_id, deleted)
       VALUES ($1, $2, 1, 'https://hetzner.example', true, 1, 2, false)`,
      [hetznerProjectId, organizationId],
    );
  });
  await transactions.inOrganization(organizationId, async (tx) => {
    const pool = poolOf(ids, hetznerProjectId);
    await tx.pools.insert(pool, now);
    await tx.runners.insert({ ...runnerOf(ids, hetznerProjectId, now), ...given.runner });
    await tx.machines.insert({ ...machineOf(ids, pool, now), ...given.machine }, new Uint8Array(32));
    await tx.machines.change(ids.machineId, { gitlabTokenSealed: new Uint8Array(8) });
  });
  return ids;
}

type Ids = Record<'organizationId' | 'poolId' | 'runnerId' | 'machineId' | 'gitlabConnectionId', string>;

const poolOf = ({ organizationId, poolId, gitlabConnectionId }: Ids, hetznerProjectId: string): Pool => ({
  ...{ id: poolId, organizationId, gitlabConnectionId, hetznerProjectId, version: 1, name: 'series' },
  ...{ scopeKind: 'GROUP', scopePath: 'acme', scopeId: 1, tags: ['linux'], runUntagged: false },
  ...{ serverTypes: ['cx23'], locations: ['fsn1'], image: 'debian-12', size: 1 },
  ...{ freshMachine: 'EVERY_START', idleTimeoutSeconds: 300, maxMachineAgeSeconds: 86_400 },
  ...{
    protectedRefsOnly: false,
    paused: false,
    deleting: false,
    deleted: false,
    wanted: 1,
    wantedBecause: 'a window',
    policyIds: [],
  },
});

const runnerOf = (ids: Ids, hetznerProjectId: string, now: Date): Runner => ({
  ...{
    id: ids.runnerId,
    organizationId: ids.organizationId,
    poolId: ids.poolId,
    hetznerProjectId,
    version: 1,
  },
  ...{
    name: 'series-1',
    seat: 0,
    state: 'IDLE',
    stateSince: now,
    stateReason: null,
    trouble: null,
    attempt: 1,
    failures: 0,
  },
  ...{ machineId: ids.machineId, primaryIpId: 7, address: '127.64.0.1', location: 'fsn1' },
  ...{ wanted: true, wantedBecause: null, wantedBy: 'scheduling', retryAt: null, pinnedUntil: null },
  ...{ draining: false, retiring: false, ipReleased: false, heldByBudget: false },
});

const machineOf = (ids: Ids, pool: Pool, now: Date): Machine => ({
  ...untouched,
  ...{ id: ids.machineId, organizationId: ids.organizationId, runnerId: ids.runnerId, poolId: ids.poolId },
  ...{ hetznerProjectId: pool.hetznerProjectId, attempt: 1, serverType: 'cx23', location: 'fsn1' },
  ...{
    address: '127.64.0.1',
    primaryIpId: 7,
    serverId: 42,
    orderedAt: now,
    orderSentAt: now,
    createdAt: now,
  },
  ...{ readyAt: now, lastReportAt: now, ticketExpiresAt: now },
  ...{ enrolledGeneration: 1, protectedGeneration: 1, startedGeneration: 1 },
  ...{ gitlabRunnerId: 9, gitlabIntentGeneration: 1, gitlabTakes: jobsTaken(pool), hasGitlabToken: true },
});
