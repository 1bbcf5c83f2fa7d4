import type { WorkLease } from '@cleanroom/kernel';
import type { Ledger, Pool } from '../ledger-port.js';
import {
  GitLabRefused,
  type Connection,
  type FoundScope,
  type GitLabProject,
  type Ports,
  type Scope,
} from '../ports.js';
import { canAsk } from './can-ask.js';
import { planHooks } from './plan-hooks.js';

/** How long a new project can go unseen, in milliseconds of the product's clock. */
const DISCOVER_EVERY = 60_000;
/** Longer than GitLab repeats a delivery, in milliseconds. */
const REMEMBER_DELIVERIES = 24 * 3_600_000;

/** Finds the projects in the scopes of a connection's pools, and plans the polls and webhooks that they need. */
export const discoverProjects = async (ports: Ports, lease: WorkLease): Promise<void> => {
  const { transactions, clock } = ports;
  const { connection, pools } = await transactions.inOrganization(lease.organizationId, async (ledger) => ({
    connection: await ledger.connections.find(lease.id),
    pools: await ledger.pools.of(lease.id),
  }));
  const asked = connection && canAsk(connection);
  const found: Discovered[] = [];
  for (const scope of asked ? scopesOf(pools) : []) found.push(await look(ports, connection!, scope));
  await transactions.inOrganization(lease.organizationId, async (ledger) => {
    // Pools before their connection, as everybody locks them.
    const renamed = await rename(ledger, pools, found);
    const again = asked && pools.length > 0 ? new Date(clock.now().getTime() + DISCOVER_EVERY) : null;
    await ledger.work.finish('gitlab_connection', lease, again);
    if (asked) await plan(ledger, connection, { pools: renamed, found }, clock.now());
  });
};

interface Discovered extends FoundScope {
  readonly scope: Scope;
  /** GitLab does not show it, for now. What was known of it still holds. */
  readonly refused: boolean;
}

/** One group that may not be looked into keeps nobody from the others. */
async function look({ gitlab, log }: Ports, connection: Connection, scope: Scope): Promise<Discovered> {
  try {
    return { scope, refused: false, ...(await gitlab.lookInto(connection, scope)) };
  } catch (error) {
    if (!(error instanceof GitLabRefused)) throw error;
    const place = { connection: connection.id, scope: scope.path };
    log.warn({ ...place, reason: error.message }, 'GitLab refuses to show the scope of a pool');
    return { scope, refused: true, path: undefined, projects: [] };
  }
}

const scopeOf = ({ scopeKind, scopePath, scopeId }: Pool): Scope => ({
  kind: scopeKind,
  path: scopePath,
  id: scopeId,
});

const isSame = (one: Scope, other: Scope): boolean => one.kind === other.kind && one.id === other.id;

const scopesOf = (pools: readonly Pool[]): Scope[] => {
  const scopes = pools.map(scopeOf);
  return scopes.filter((scope, index) => scopes.findIndex((other) => isSame(scope, other)) === index);
};

/**
 * Takes up what groups and projects are called now: jobs are matched by path. Jobs that wait stay where they count until they
 * are told of with the path of today.
 */
async function rename(ledger: Ledger, pools: readonly Pool[], found: readonly Discovered[]): Promise<Pool[]> {
  const renamed: Pool[] = [];
  for (const pool of pools) {
    const scopePath = found.find(({ scope }) => isSame(scope, scopeOf(pool)))?.path ?? pool.scopePath;
    if (scopePath !== pool.scopePath) await ledger.pools.rename(pool.id, scopePath);
    renamed.push({ ...pool, scopePath });
  }
  return renamed;
}

async function plan(
  ledger: Ledger,
  connection: Connection,
  { pools, found }: { readonly pools: readonly Pool[]; readonly found: readonly Discovered[] },
  now: Date,
): Promise<void> {
  const { id: connectionId, organizationId } = connection;
  const before = await ledger.projects.of(connectionId);
  // Which of them lie in a scope that was refused cannot be asked, so that all of them stay.
  const kept = found.some(({ refused }) => refused) ? before : [];
  const projects = each([...kept, ...found.flatMap((one) => one.projects)]);
  const known = new Map(before.map((project) => [project.id, project]));
  for (const project of projects) {
    if (known.get(project.id)?.path !== project.path) {
      await ledger.projects.save({ ...project, connectionId, organizationId }, now);
    }
    known.delete(project.id);
  }
  for (const left of known.values()) {
    // While it has open jobs it is still polled: they end, or are found gone, and count no more.
    const open = await ledger.jobs.openOf(connectionId, left.id);
    if (open.length === 0) await ledger.projects.remove(left);
  }
  await planHooks(ledger, connection, { pools, projects }, now);
  await ledger.hints.forgetBefore(connectionId, new Date(now.getTime() - REMEMBER_DELIVERIES));
}

/** One in two scopes once. */
const each = (projects: readonly GitLabProject[]): GitLabProject[] => [
  ...new Map(projects.map((project) => [project.id, project])).values(),
];
