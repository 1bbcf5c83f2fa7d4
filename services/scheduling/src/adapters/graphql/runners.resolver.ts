import { callerOf, DATABASE, type SubgraphContext, readTogether } from '@cleanroom/service-kit';
import { inOrganization, type Database } from '@cleanroom/persistence';
import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import { readCurrentJobs } from '../postgres/job.reading.js';

/** What this service adds to a runner. */
@Resolver('Runner')
export class RunnersResolver {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  @ResolveReference()
  reference(runner: { id: string }) {
    return runner;
  }

  @ResolveField('currentJob')
  async currentJob(@Parent() { id }: { id: string }, @Context() context: SubgraphContext) {
    const { organizationId } = callerOf(context);
    const job = await readTogether(context, 'current job', id, (ids) =>
      inOrganization(this.db, organizationId, (tx) => readCurrentJobs(tx, ids)),
    );
    return job ?? null;
  }
}
