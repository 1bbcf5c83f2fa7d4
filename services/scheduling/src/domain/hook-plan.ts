import type { MatchingPool } from './job-matching.js';

/** The place of a webhook, and how its registration went so far. */
export interface PlannedHook {
  readonly target: { readonly kind: 'group' | 'project'; readonly id: number };
  readonly state: 'INTENDED' | 'REGISTERED' | 'REFUSED';
}

type Target = PlannedHook['target'];

/**
 * Where webhooks have to be so that every job in the pools' scopes is heard of: one at each group, where the plan
 * allows it; otherwise one at each project. While the outcome for a group is open, polling finds its jobs.
 */
export const hookTargets = (
  pools: readonly (Pick<MatchingPool, 'scopeKind' | 'scopePath'> & { readonly scopeId: number })[],
  projects: readonly { readonly id: number; readonly path: string }[],
  hooks: readonly PlannedHook[],
): Target[] => {
  const groups = pools.filter(({ scopeKind, scopeId }) => scopeKind === 'GROUP' && scopeId > 0);
  const served = groups.filter(({ scopeId }) => groupState(hooks, scopeId) !== 'REFUSED');
  const inServed = (path: string): boolean =>
    served.some(({ scopePath }) => path.toLowerCase().startsWith(`${scopePath.toLowerCase()}/`));
  return [
    ...[...new Set(groups.map(({ scopeId }) => scopeId))].map((id): Target => ({ kind: 'group', id })),
    ...projects.filter(({ path }) => !inServed(path)).map(({ id }): Target => ({ kind: 'project', id })),
  ];
};

const groupState = (hooks: readonly PlannedHook[], id: number): PlannedHook['state'] =>
  hooks.find(({ target }) => target.kind === 'group' && target.id === id)?.state ?? 'INTENDED';
