import type { Clock } from '@cleanroom/kernel';
import {
  callerOf,
  CLOCK,
  DATABASE,
  pageArguments,
  type SubgraphContext,
  readTogether,
} from '@cleanroom/service-kit';
import { currentCursor } from '@cleanroom/messaging';
import { inOrganization, type Database } from '@cleanroom/persistence';
import { Inject } from '@nestjs/common';
import {
  Args,
  Context,
  Parent,
  Query,
  ResolveField,
  ResolveReference,
  Resolver,
  Subscription,
} from '@nestjs/graphql';
import type { EntityManager } from 'typeorm';
import { jobPage } from '../../domain/job-page.js';
import type { Job } from '../../domain/job.js';
import type { Wait } from '../../domain/wait.js';
import { whyWaiting } from '../../domain/why-waiting.js';
import { readGitLabUrls } from '../postgres/gitlab-url.reading.js';
import { readJobs, readJobsById, readTakers } from '../postgres/job.reading.js';
import { readWaiting } from '../postgres/waiting.reading.js';
import { connectionOf, decodeCursor } from './cursor.js';
import type { JobStatus } from './generated/types.js';
import { jobChanges } from './job-changes.js';

@Resolver('Job')
export class JobsResolver {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Query('jobs')
  async jobs(
    @Args('first') first: number,
    @Args('after') after: string | undefined,
    @Args('statuses') statuses: JobStatus[] | null | undefined,
    @Context() context: SubgraphContext,
  ) {
    const { organizationId } = callerOf(context);
    const page = pageArguments(first, after);
    const from = decodeCursor('job', page.after);
    return this.read(context, async (tx) => {
      // Before the page: what changes meanwhile is then told after the cursor, not lost between the two.
      const changeCursor = await currentCursor(tx, organizationId);
      const found = await readJobs(tx, { limit: page.limit, after: from, statuses: statuses ?? undefined });
      return { ...connectionOf(found.jobs, page.limit, found.totalCount), changeCursor };
    });
  }

  @Subscription('jobChanged')
  jobChanged(@Args('after') after: string | null | undefined, @Context() context: SubgraphContext) {
    return jobChanges(this.db, callerOf(context).organizationId, after ?? undefined);
  }

  @ResolveReference()
  async reference({ id }: { id: string }, context: SubgraphContext): Promise<Job | null> {
    const found = await readTogether(context, 'job', id, (ids) =>
      this.read(context, async (tx) => new Map((await readJobsById(tx, ids)).map((job) => [job.id, job]))),
    );
    return found ?? null;
  }

  @ResolveField('pool')
  pool(@Parent() { poolId }: Job) {
    return poolId === null ? null : { __typename: 'RunnerPool', id: poolId };
  }

  @ResolveField('gitlabJobId')
  gitlabJobId(@Parent() { gitlabJobId }: Job) {
    return String(gitlabJobId);
  }

  @ResolveField('url')
  async url(@Parent() job: Job, @Context() context: SubgraphContext) {
    const gitlabUrl = await readTogether(context, 'gitlabUrl', job.connectionId, (ids) =>
      this.read(context, (tx) => readGitLabUrls(tx, ids)),
    );
    return gitlabUrl === undefined ? null : jobPage(gitlabUrl, job);
  }

  @ResolveField('runner')
  async runner(@Parent() { id, gitlabRunnerId }: Job, @Context() context: SubgraphContext) {
    if (gitlabRunnerId === null) return null;
    const runnerId = await readTogether(context, 'taker', id, (ids) =>
      this.read(context, (tx) => readTakers(tx, ids)),
    );
    return runnerId === undefined ? null : { __typename: 'Runner', id: runnerId };
  }

  @ResolveField('waitingBecause')
  async waitingBecause(@Parent() job: Job, @Context() context: SubgraphContext) {
    return (await this.wait(job, context))?.because;
  }

  @ResolveField('waitingCode')
  async waitingCode(@Parent() job: Job, @Context() context: SubgraphContext) {
    return (await this.wait(job, context))?.code;
  }

  @ResolveField('nextTryAt')
  async nextTryAt(@Parent() job: Job, @Context() context: SubgraphContext) {
    return (await this.wait(job, context))?.nextTryAt;
  }

  /** Read once for all that is asked of it. */
  private async wait(job: Job, context: SubgraphContext): Promise<Wait | undefined> {
    if (job.status !== 'QUEUED') return undefined;
    const waiting = await readTogether(context, 'waiting', job.id, (ids) =>
      this.read(context, (tx) => readWaiting(tx, ids)),
    );
    return waiting && whyWaiting(waiting, this.clock.now());
  }

  private read<T>(context: SubgraphContext, read: (tx: EntityManager) => Promise<T>): Promise<T> {
    return inOrganization(this.db, callerOf(context).organizationId, read);
  }
}
