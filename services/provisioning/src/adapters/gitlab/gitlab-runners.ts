import type { Clock } from '@cleanroom/kernel';
import { GitLabError, type GitLabClient, type GitLabErrorKind, type RunnerOwner } from '@cleanroom/gitlab';
import {
  ProviderError,
  type GitLabRunners,
  type GitLabScope,
  type NewGitLabRunner,
  type ProviderFailure,
} from '../../ports.js';
import type { JobsTaken } from '../../domain/pool.js';

const failures: Record<GitLabErrorKind, ProviderFailure> = {
  unauthorized: 'credentials-invalid',
  forbidden: 'refused',
  'not-found': 'not-found',
  invalid: 'refused',
  conflict: 'busy',
  'rate-limited': 'busy',
  'unknown-outcome': 'unknown-outcome',
  unavailable: 'busy',
};

/** Speaks to GitLab about runners and translates its failures once. */
export class GitLabRunnerCalls implements GitLabRunners {
  private readonly classified: Classify;

  constructor(
    private readonly client: GitLabClient,
    /** The product's, by which `retryAt` is told. */
    clock: Clock,
  ) {
    this.classified = classifiedBy(clock);
  }

  create(runner: NewGitLabRunner): Promise<{ id: number; token: string }> {
    return this.classified(() =>
      this.client.createRunner({
        ...ownerOf(runner),
        description: runner.description,
        tags: runner.pool.tags,
        runUntagged: runner.pool.runUntagged,
        accessLevel: accessLevelOf(runner.pool),
        maintenanceNote: runner.mark,
      }),
    );
  }

  findByMark({ description, mark, pool }: NewGitLabRunner): Promise<number[]> {
    return this.classified(async () => {
      const found = await this.client.findRunnersByNote({ ...filterOf(pool), description }, mark);
      return found.map(({ id }) => id);
    });
  }

  list(scope: GitLabScope, first?: number): Promise<{ id: number; description: string }[]> {
    return this.classified(async () => {
      const few = first === undefined ? {} : { first };
      const listed = await this.client.listRunners({ ...filterOf(scope), ...few });
      return listed.map(({ id, description }) => ({ id, description: description ?? '' }));
    });
  }

  markOf(id: number): Promise<string | undefined> {
    return this.classified(async () => {
      try {
        return (await this.client.getRunner(id)).maintenanceNote ?? '';
      } catch (error) {
        if (error instanceof GitLabError && error.kind === 'not-found') return undefined;
        throw error;
      }
    });
  }

  setJobsTaken(id: number, { tags, runUntagged, ...jobs }: JobsTaken): Promise<void> {
    const accessLevel = accessLevelOf(jobs);
    return this.classified(() =>
      this.client.setJobsTaken(id, { tags, runUntagged, accessLevel, paused: false }),
    );
  }

  pause(id: number): Promise<void> {
    return this.classified(() => this.client.pauseRunner(id));
  }

  hasRunningJob(id: number): Promise<boolean> {
    return this.classified(async () => (await this.client.runningJobsOfRunner(id)).length > 0);
  }

  silentJobs(id: number, forSeconds: number): Promise<number[]> {
    return this.classified(async () => {
      const jobs = await this.client.runningJobsOfRunner(id);
      for (const { id: jobId, duration, pipeline } of jobs) {
        if ((duration ?? 0) < forSeconds || !pipeline.projectId) return [];
        if (await this.client.hasLog(pipeline.projectId, jobId)) return [];
      }
      return jobs.map((job) => job.id);
    });
  }

  delete(id: number): Promise<void> {
    return this.classified(() => this.client.deleteRunner(id));
  }

  findScope(kind: 'GROUP' | 'PROJECT', fullPath: string): Promise<number | undefined> {
    return this.classified(async () => {
      const found =
        kind === 'GROUP' ? await this.client.findGroup(fullPath) : await this.client.findProject(fullPath);
      return found?.id;
    });
  }
}

const filterOf = ({ scopeKind, scopeId }: GitLabScope): { groupId?: number; projectId?: number } => {
  if (scopeKind === 'GROUP') return { groupId: scopeId };
  return scopeKind === 'PROJECT' ? { projectId: scopeId } : {};
};

const accessLevelOf = ({ protectedRefsOnly }: Pick<JobsTaken, 'protectedRefsOnly'>) =>
  protectedRefsOnly ? 'ref_protected' : 'not_protected';

const ownerOf = ({ pool }: NewGitLabRunner): RunnerOwner => {
  if (pool.scopeKind === 'GROUP') return { type: 'group', groupId: pool.scopeId };
  return pool.scopeKind === 'PROJECT' ? { type: 'project', projectId: pool.scopeId } : { type: 'instance' };
};

type Classify = <T>(call: () => Promise<T>) => Promise<T>;

const classifiedBy =
  (clock: Clock): Classify =>
  async (call) => {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof GitLabError)) throw error;
      throw new ProviderError(failures[error.kind], error.message, byOurClock(clock, error.retryAt));
    }
  };

/** What GitLab asks to wait is of the product's clock, as all of GitLab's times; the library tells its end by the wall clock. */
function byOurClock(clock: Clock, retryAt: Date | undefined): Date | undefined {
  if (!retryAt) return undefined;
  const wait = Math.max(0, retryAt.getTime() - Date.now());
  return new Date(clock.now().getTime() + wait);
}
