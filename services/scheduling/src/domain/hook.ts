/** A webhook as GitLab lists it. */
export interface GitLabHook {
  readonly id: number;
  readonly url: string;
  readonly jobEvents: boolean;
  /** GitLab has stopped calling it after failures, for a while or for good. */
  readonly disabled: boolean;
}

/** The one thing to do next about the webhook of a project or group. */
export type HookStep =
  | { readonly kind: 'create' }
  /** Ours by its address, but made by a call whose answer was lost, or changed by somebody: our tokens are set anew. */
  | { readonly kind: 'adopt'; readonly hookId: number }
  | { readonly kind: 'reenable'; readonly hookId: number }
  | { readonly kind: 'none'; readonly hookId: number };

/**
 * What makes the hooks that GitLab lists become one working hook of ours.
 *
 * @param knownHookId the hook whose creation or adoption we have recorded, if any; it is ours even where our address,
 *   or the one that GitLab knows, has changed since
 */
export const nextHookStep = (
  hooks: readonly GitLabHook[],
  url: string,
  knownHookId: number | null,
): HookStep => {
  const hook = hooks.find(({ id }) => id === knownHookId) ?? oursAmong(hooks, url)[0];
  if (!hook) return { kind: 'create' };
  const asWeSetIt = hook.id === knownHookId && hook.url === url && hook.jobEvents;
  if (!asWeSetIt) return { kind: 'adopt', hookId: hook.id };
  return hook.disabled ? { kind: 'reenable', hookId: hook.id } : { kind: 'none', hookId: hook.id };
};

/** Hooks with our address beside the one that is kept: made by calls whose answers were lost. */
export const surplusHooks = (hooks: readonly GitLabHook[], url: string, keptHookId: number): GitLabHook[] =>
  oursAmong(hooks, url).filter(({ id }) => id !== keptHookId);

const oursAmong = (hooks: readonly GitLabHook[], url: string): GitLabHook[] =>
  hooks.filter((hook) => hook.url === url).sort((a, b) => a.id - b.id);
