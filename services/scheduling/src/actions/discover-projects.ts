import type { WorkLease } from '@cleanroom/kernel';
import { hookTargets } from '../domain/hook-plan.js';
import type { Hook, Ledger, Pool } from '../ledger-port.js';
import type { Connection, GitLabProject, Ports, Scope } from '../ports.js';
import { canAsk } from './can-ask.js';

/** How long a new project can go unseen, in milliseconds of the product's clock. */
const DISCOVER_EVERY = 60_000;
/** Longer than GitLab repeats a delivery, in milliseconds. */
const REMEMBER_DELIVERIES = 24 * 3_600_000;

/** Finds the projects in the scopes of a connection's pools, and plans the polls and webhooks that they need. */
export const discoverProjects = async (ports: Ports, lease: WorkLease): Promise<void> => {
  const { transactions, gitlab, clock } = ports;
  const { connection, pools } = await transactions.inOrganization(lease.organizationId, async (ledger) => ({
    connection: await ledger.connections.find(lease.id),
    pools: await ledger.pools.of(lease.id),
  }));
  const found = new Map<number, GitLabProject>();
  const asked = connection && canAsk(connection);
  for (const scope of asked ? scopesOf(pools) : []) {
    for (const project of await gitlab.projectsIn(connection!, scope)) found.set(project.id, project);
  }
  await transactions.inOrganization(lease.organizationId, async (ledger) => {
    const again = asked && pools.length > 0 ? new Date(clock.now().getTime() + DISCOVER_EVERY) : null;
    await ledger.work.finish('gitlab_connection', lease, again);
    if (asked) await plan(ledger, connection, pools, [...found.values()], clock.now());
  });
};

const scopesOf = (pools: readonly Pool[]): Scope[] => {
  const scopes = pools.map(({ scopeKind, scopePath, scopeId }) => ({
    kind: scopeKind,
    path: scopePath,
    id: scopeId,
  }));
  return scopes.filter(
    (scope, index) => scopes.findIndex(({ kind, id }) => kind === scope.kind && id === scope.id) === index,
  );
};

async function plan(
  ledger: Ledger,
  connection: Connection,
  pools: readonly Pool[],
  projects: readonly GitLabProject[],
  now: Date,
): Promise<void> {
  const { id: connectionId, organizationId } = connection;
  const known = new Map((await ledger.projects.of(connectionId)).map((project) => [project.id, project]));
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
  await planHooks(ledger, connection, hookTargets(pools, projects, await ledger.hooks.of(connectionId)), now);
  await ledger.hints.forgetBefore(connectionId, new Date(now.getTime() - REMEMBER_DELIVERIES));
}

async function planHooks(
  ledger: Ledger,
  { id: connectionId, organizationId }: Connection,
  targets: readonly Hook['target'][],
  now: Date,
): Promise<void> {
  const known = new Map((await ledger.hooks.of(connectionId)).map((hook) => [hook.id, hook]));
  for (const target of targets) {
    const id = `${connectionId}:${target.kind}:${target.id}`;
    const hook = known.get(id);
    known.delete(id);
    if (hook && !hook.unwanted) continue;
    const fresh: Hook = {
      id,
      organizationId,
      connectionId,
      target,
      state: 'INTENDED',
      gitlabHookId: null,
      unwanted: false,
    };
    await ledger.hooks.save(hook ? { ...hook, unwanted: false } : fresh);
    await ledger.work.due('gitlab_hook', id, now);
  }
  for (const hook of [...known.values()].filter(({ unwanted }) => !unwanted)) {
    await ledger.hooks.save({ ...hook, unwanted: true });
    await ledger.work.due('gitlab_hook', hook.id, now);
  }
}
