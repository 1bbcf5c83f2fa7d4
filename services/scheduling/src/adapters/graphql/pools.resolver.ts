import { callerOf, DATABASE, type SubgraphContext, readTogether } from '@cleanroom/service-kit';
import { inOrganization, type Database } from '@cleanroom/persistence';
import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import { readCapacities, type Capacity } from '../postgres/capacity.reading.js';
import { readSchedulesById } from '../postgres/schedule.reading.js';

/** What this service adds to a pool. */
@Resolver('RunnerPool')
export class PoolsResolver {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  @ResolveReference()
  reference(pool: { id: string }) {
    return pool;
  }

  @ResolveField('capacity')
  async capacity(@Parent() { id }: { id: string }, @Context() context: SubgraphContext) {
    const capacity = await this.capacityOf(id, context);
    return capacity && capacity.version > 0 ? capacity : null;
  }

  @ResolveField('schedule')
  async schedule(@Parent() { id }: { id: string }, @Context() context: SubgraphContext) {
    const scheduleId = (await this.capacityOf(id, context))?.scheduleId;
    if (!scheduleId) return null;
    const { organizationId } = callerOf(context);
    const found = await readTogether(context, 'schedule', scheduleId, (ids) =>
      inOrganization(this.db, organizationId, async (tx) => {
        const schedules = await readSchedulesById(tx, ids);
        return new Map(schedules.map((schedule) => [schedule.id, schedule]));
      }),
    );
    return found ?? null;
  }

  private capacityOf(poolId: string, context: SubgraphContext): Promise<Capacity | undefined> {
    const { organizationId } = callerOf(context);
    return readTogether(context, 'capacity', poolId, (ids) =>
      inOrganization(this.db, organizationId, (tx) => readCapacities(tx, ids)),
    );
  }
}
