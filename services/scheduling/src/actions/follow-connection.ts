import type { Ledger } from '../ledger-port.js';
import type { Connection, HookVault } from '../ports.js';

/** Takes up what identity said of a GitLab connection. The tokens of its webhooks are made when it is first heard of. */
export const followConnection = async (
  vault: HookVault,
  ledger: Ledger,
  news: Omit<Connection, 'hookTokens'>,
  now: Date,
): Promise<void> => {
  const known = await ledger.connections.find(news.id);
  if (known && known.version >= news.version) return;
  await ledger.connections.save({ ...news, hookTokens: known?.hookTokens ?? (await vault.create(news)) });
  await ledger.work.due('gitlab_connection', news.id, now);
  for (const project of await ledger.projects.of(news.id)) {
    await ledger.work.due('gitlab_project', `${news.id}:${project.id}`, now);
  }
  // What the old credentials were refused, the new ones may be allowed.
  for (const hook of await ledger.hooks.of(news.id)) await ledger.work.due('gitlab_hook', hook.id, now);
};
