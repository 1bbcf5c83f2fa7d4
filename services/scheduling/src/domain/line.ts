/** A job that waits in a pool. */
export interface InLine {
  readonly id: string;
  readonly projectId: number;
  readonly gitlabJobId: number;
}

/** How many jobs of a project the pool runs now. */
export type RunningOf = ReadonlyMap<number, number>;

/**
 * The jobs of a pool in the order in which GitLab hands them out. Runners of a group or of a project take the oldest
 * job, whosever it is. Those of an instance take turns, so that no project crowds out another: the next job is the
 * oldest of the project that has the fewest running.
 *
 * @param running jobs that the pool runs already, by project
 */
export const lineUp = <J extends InLine>(
  scopeKind: 'GROUP' | 'PROJECT' | 'INSTANCE',
  jobs: readonly J[],
  running: RunningOf,
): J[] => {
  const byAge = [...jobs].sort((a, b) => a.gitlabJobId - b.gitlabJobId);
  if (scopeKind !== 'INSTANCE') return byAge;
  const taken = new Map(running);
  const turns = new Map<J, number>();
  for (const job of byAge) {
    const turn = taken.get(job.projectId) ?? 0;
    turns.set(job, turn);
    taken.set(job.projectId, turn + 1);
  }
  // Sorting is stable: within one turn the oldest stays first.
  return byAge.sort((a, b) => (turns.get(a) ?? 0) - (turns.get(b) ?? 0));
};
