/** What decides whether GitLab would hand a job to a runner of this pool. */
export interface MatchingPool {
  readonly id: string;
  readonly connectionId: string;
  readonly scopeKind: 'GROUP' | 'PROJECT' | 'INSTANCE';
  /** Full path of the group or project; empty for an instance. */
  readonly scopePath: string;
  readonly tags: readonly string[];
  readonly runUntagged: boolean;
  /** Its runners take jobs of protected branches and tags only. */
  readonly protectedRefsOnly: boolean;
  readonly paused: boolean;
  readonly deleting: boolean;
}

/** What a job asks of a runner. */
export interface MatchingJob {
  readonly connectionId: string;
  readonly projectPath: string;
  readonly tags: readonly string[];
  /** Whether its branch or tag is protected; null where nobody had to know yet. */
  readonly refProtected: boolean | null;
}

/**
 * The one pool that a queued job counts in: the oldest that can take it. A paused pool is named only where no open one
 * matches, so that the job can say what it waits for; a pool on its way out takes nothing.
 */
export const matchPool = <P extends MatchingPool>(job: MatchingJob, pools: readonly P[]): P | undefined => {
  const matching = pools
    .filter((pool) => !pool.deleting && covers(pool, job) && serves(pool, job.tags) && trusts(pool, job))
    // Ids begin with their time of birth.
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return matching.find(({ paused }) => !paused) ?? matching[0];
};

/** Whether the job's project lies in the pool's scope. GitLab compares paths without regard to case. */
export const covers = (
  pool: MatchingPool,
  job: Pick<MatchingJob, 'connectionId' | 'projectPath'>,
): boolean => {
  if (pool.connectionId !== job.connectionId) return false;
  const [scope, project] = [pool.scopePath.toLowerCase(), job.projectPath.toLowerCase()];
  if (pool.scopeKind === 'INSTANCE') return true;
  return pool.scopeKind === 'PROJECT' ? project === scope : project.startsWith(`${scope}/`);
};

/** GitLab's rule of tags: the runner has all of the job's, and takes untagged jobs only where told so. */
export const serves = (pool: Pick<MatchingPool, 'tags' | 'runUntagged'>, tags: readonly string[]): boolean =>
  tags.length === 0 ? pool.runUntagged : tags.every((tag) => pool.tags.includes(tag));

/** GitLab's rule of protection. What is not known to be protected is not. */
export const trusts = (
  { protectedRefsOnly }: Pick<MatchingPool, 'protectedRefsOnly'>,
  { refProtected }: Pick<MatchingJob, 'refProtected'>,
): boolean => !protectedRefsOnly || refProtected === true;
