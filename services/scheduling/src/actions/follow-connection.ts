import type { Ledger } from '../ledger-port.js';
import { decideCapacity } from './decide-capacity.js';
import type { Connection, ConnectionNews, HookVault } from '../ports.js';

/**
 * Takes up what identity said of a GitLab connection. The tokens of its webhooks are made when it is first heard of. Of one
 * that was disconnected the access token is kept for as long as there are webhooks to take away.
 */
export const followConnection = async (
  vault: HookVault,
  ledger: Ledger,
  news: ConnectionNews,
  now: Date,
): Promise<void> => {
  const known = await ledger.connections.find(news.id);
  if (known && known.version >= news.version) return;
  const connection: Connection = {
    ...news,
    accessToken: news.deleted ? (known?.accessToken ?? null) : news.accessToken,
    leftAt: news.deleted ? (known?.leftAt ?? now) : null,
    hookTokens: known?.hookTokens ?? (await vault.create(news)),
  };
  const pools = news.deleted ? (await ledger.pools.of(news.id)).sort((a, b) => (a.id < b.id ? -1 : 1)) : [];
  // Before the connection's row, as everybody locks them.
  for (const { id, organizationId } of pools) await ledger.decisions.lock(id, organizationId);
  await ledger.connections.save(connection);
  await decideCapacity(
    ledger,
    pools.map(({ id }) => id),
    now,
  );
  await ledger.work.due('gitlab_connection', news.id, now);
  for (const project of await ledger.projects.of(news.id)) {
    await ledger.work.due('gitlab_project', `${news.id}:${project.id}`, now);
  }
  // What the old credentials were refused, the new ones may be allowed. Read once the connection's row is ours: whoever
  // takes the last webhook away either has done so, or finds the connection disconnected.
  const hooks = await ledger.hooks.of(news.id);
  for (const hook of hooks) await ledger.work.due('gitlab_hook', hook.id, now);
  if (news.deleted && hooks.length === 0) await ledger.connections.save({ ...connection, accessToken: null });
};
