import { hookTargets } from '../domain/hook-plan.js';
import type { Hook, Ledger, Pool } from '../ledger-port.js';
import type { Connection, GitLabProject } from '../ports.js';

/** Wants a webhook wherever one is needed, and all others put away; one that is wanted or put away already stays as it is. */
export async function planHooks(
  ledger: Ledger,
  { id: connectionId, organizationId }: Connection,
  { pools, projects }: { readonly pools: readonly Pool[]; readonly projects: readonly GitLabProject[] },
  now: Date,
): Promise<void> {
  const hooks = await ledger.hooks.of(connectionId);
  const known = new Map(hooks.map((hook) => [hook.id, hook]));
  for (const target of hookTargets(pools, projects, hooks)) {
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
