import { refusal, type Refusal } from '@cleanroom/kernel';
import type { PoolWish } from '../domain/check-pool.js';
import { ProviderError, type GitLabRunners } from '../ports.js';

/**
 * What only GitLab can say about a scope: its number, and whether the token may manage runners there. Without that a
 * server would be ordered and paid that never gets a runner. Throws ProviderError.
 */
export async function checkWithGitLab(
  gitlab: GitLabRunners,
  { kind, fullPath }: Required<PoolWish>['scope'],
): Promise<{ refusals: Refusal[]; scopeId: number }> {
  const place = kind.toLowerCase();
  try {
    const scopeId = kind === 'INSTANCE' ? 0 : await gitlab.findScope(kind, fullPath ?? '');
    if (scopeId === undefined) {
      const message = `GitLab shows no such ${place} to this token.`;
      return { refusals: [refusal('NOT_FOUND', message, 'input', 'scope', 'fullPath')], scopeId: 0 };
    }
    // Who may not list the runners of a place may make none there.
    await gitlab.list({ scopeKind: kind, scopeId }, 1);
    return { refusals: [], scopeId };
  } catch (error) {
    if (!(error instanceof ProviderError) || error.failure !== 'refused') throw error;
    const message = `GitLab does not let this token manage runners of the ${place}.`;
    const field = kind === 'INSTANCE' ? 'kind' : 'fullPath';
    return { refusals: [refusal('NOT_ALLOWED', message, 'input', 'scope', field)], scopeId: 0 };
  }
}
