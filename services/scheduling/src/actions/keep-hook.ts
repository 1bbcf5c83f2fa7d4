import type { WorkLease } from '@cleanroom/kernel';
import { nextHookStep, surplusHooks, type GitLabHook } from '../domain/hook.js';
import type { Hook } from '../ledger-port.js';
import { GitLabRefused, type Connection, type Ports } from '../ports.js';
import { canAsk } from './can-ask.js';

/** How often a hook is looked at, in milliseconds of the product's clock. */
const CHECK_EVERY = 600_000;
/** When a hook that GitLab refused is tried again: plans and permissions change rarely. */
const RETRY_REFUSED_AFTER = 3_600_000;
/** A customer's token is not kept for longer than that after they have left, though their GitLab may not answer. */
const CLEAN_UP_FOR = 24 * 3_600_000;

/**
 * Brings one webhook of ours to where it belongs: created, adopted by its address where the answer to its creation was
 * lost, switched on again where GitLab disabled it, deleted where no pool needs it, and where
 * the connection was disconnected.
 */
export const keepHook = async (ports: Ports, lease: WorkLease): Promise<void> => {
  const { hook, connection } = await ports.transactions.inOrganization(
    lease.organizationId,
    async (ledger) => {
      const hook = await ledger.hooks.find(lease.id);
      return { hook, connection: hook && (await ledger.connections.find(hook.connectionId)) };
    },
  );
  if (!hook || !connection) return forget(ports, lease);
  if (connection.deleted) return leave(ports, lease, connection, hook);
  if (!canAsk(connection)) return end(ports, lease, hook, CHECK_EVERY);
  if (hook.unwanted) return putAway(ports, lease, connection, hook);
  try {
    const gitlabHookId = await settle(ports, connection, hook);
    await end(ports, lease, { ...hook, state: 'REGISTERED', gitlabHookId }, CHECK_EVERY);
  } catch (error) {
    if (!(error instanceof GitLabRefused)) throw error;
    ports.log.warn(
      { hook: hook.id, reason: error.message },
      'GitLab refuses the webhook; jobs are found by polling',
    );
    await end(ports, lease, { ...hook, state: 'REFUSED', gitlabHookId: null }, RETRY_REFUSED_AFTER);
  }
};

async function settle({ gitlab, vault }: Ports, connection: Connection, hook: Hook): Promise<number> {
  const tokens = await vault.open(connection);
  const listed = await gitlab.hooks(connection, hook.target);
  const step = nextHookStep(listed, connection.webhookUrl, hook.gitlabHookId);
  if (step.kind === 'create') return gitlab.createHook(connection, hook.target, tokens);
  if (step.kind === 'adopt') await gitlab.updateHook(connection, hook.target, step.hookId, tokens);
  if (step.kind === 'reenable') await gitlab.testHook(connection, hook.target, step.hookId);
  for (const { id } of surplusHooks(listed, connection.webhookUrl, step.hookId)) {
    await gitlab.deleteHook(connection, hook.target, id);
  }
  return step.hookId;
}

/** Takes away what is left in a GitLab that was disconnected, for as long as we have its token. */
async function leave(ports: Ports, lease: WorkLease, connection: Connection, hook: Hook): Promise<void> {
  const { accessToken, leftAt } = connection;
  const isTooLate = ports.clock.now().getTime() - (leftAt?.getTime() ?? 0) > CLEAN_UP_FOR;
  if (accessToken !== null && !isTooLate) return putAway(ports, lease, connection, hook);
  if (hook.gitlabHookId !== null)
    ports.log.warn({ hook: hook.id }, 'a webhook stays in a GitLab that was disconnected');
  await forget(ports, lease, connection.id);
}

async function putAway(ports: Ports, lease: WorkLease, connection: Connection, hook: Hook): Promise<void> {
  const { gitlab } = ports;
  try {
    const listed = await gitlab.hooks(connection, hook.target);
    for (const { id } of listed.filter((each) => isOurs(each, connection, hook))) {
      await gitlab.deleteHook(connection, hook.target, id);
    }
  } catch (error) {
    // Where we may not even look there is nothing that we could put away.
    if (!(error instanceof GitLabRefused)) throw error;
  }
  await forget(ports, lease, connection.id);
}

/** By our address, or by its number where our address was another when it was made. */
const isOurs = ({ id, url }: GitLabHook, { webhookUrl }: Connection, { gitlabHookId }: Hook): boolean =>
  url === webhookUrl || id === gitlabHookId;

/** With the last webhook of a connection that was disconnected, its token is forgotten too. */
const forget = ({ transactions }: Ports, lease: WorkLease, connectionId?: string): Promise<void> =>
  transactions.inOrganization(lease.organizationId, async (ledger) => {
    const connection = connectionId === undefined ? undefined : await ledger.connections.lock(connectionId);
    await ledger.work.finish('gitlab_hook', lease, null);
    await ledger.hooks.remove(lease.id);
    if (connection?.deleted && (await ledger.hooks.of(connection.id)).length === 0)
      await ledger.connections.save({ ...connection, accessToken: null });
  });

async function end(ports: Ports, lease: WorkLease, hook: Hook, after: number): Promise<void> {
  const { transactions, clock } = ports;
  await transactions.inOrganization(lease.organizationId, async (ledger) => {
    const now = clock.now();
    const before = await ledger.hooks.find(hook.id);
    const groupSettled = hook.target.kind === 'group' && hook.state !== before?.state;
    if (groupSettled) await ledger.work.due('gitlab_connection', hook.connectionId, now);
    await ledger.work.finish('gitlab_hook', lease, new Date(now.getTime() + after));
    // Whether it is wanted may have changed while GitLab was asked; the other fields are ours.
    await ledger.hooks.save({ ...hook, unwanted: before?.unwanted ?? hook.unwanted });
    if (before?.unwanted && !hook.unwanted) await ledger.work.due('gitlab_hook', hook.id, now);
  });
}
