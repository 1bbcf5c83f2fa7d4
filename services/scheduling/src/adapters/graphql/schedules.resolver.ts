import {
  DATABASE,
  callerOf,
  CLOCK,
  pageArguments,
  type SubgraphContext,
  readTogether,
} from '@cleanroom/service-kit';
import type { Clock } from '@cleanroom/kernel';
import { inOrganization, type Database } from '@cleanroom/persistence';
import { Inject } from '@nestjs/common';
import { Args, Context, Parent, Query, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import { GraphQLError } from 'graphql';
import { formatLocalTime } from '../../domain/local-time.js';
import { nextTransitions } from '../../domain/next-transitions.js';
import type { Schedule } from '../../domain/schedule.js';
import { withPublicHolidays } from '../holidays/with-public-holidays.js';
import { readSchedules, readSchedulesById } from '../postgres/schedule.reading.js';
import { connectionOf, decodeCursor } from './cursor.js';

/** Of one schedule, in one question. */
const MOST_TRANSITIONS = 100;

@Resolver('Schedule')
export class SchedulesResolver {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Query('schedules')
  async schedules(
    @Args('first') first: number,
    @Args('after') after: string | undefined,
    @Context() context: SubgraphContext,
  ) {
    const { organizationId } = callerOf(context);
    const page = pageArguments(first, after);
    const from = decodeCursor('schedule', page.after);
    const { schedules, totalCount } = await inOrganization(this.db, organizationId, (tx) =>
      readSchedules(tx, { limit: page.limit, after: from }),
    );
    return connectionOf(schedules, page.limit, totalCount);
  }

  @ResolveReference()
  async reference({ id }: { id: string }, context: SubgraphContext): Promise<Schedule | null> {
    const { organizationId } = callerOf(context);
    const found = await readTogether(context, 'schedule', id, (ids) =>
      inOrganization(this.db, organizationId, async (tx) => {
        const schedules = await readSchedulesById(tx, ids);
        return new Map(schedules.map((schedule) => [schedule.id, schedule]));
      }),
    );
    return found ?? null;
  }

  @ResolveField('windows')
  windows(@Parent() { windows }: Schedule) {
    return windows.map(({ start, end, ...window }) => ({
      ...window,
      start: formatLocalTime(start),
      end: formatLocalTime(end),
    }));
  }

  @ResolveField('next')
  async next(@Parent() schedule: Schedule, @Args('count') count: number) {
    if (count < 1 || count > MOST_TRANSITIONS) {
      const message = `"count" takes 1 to ${MOST_TRANSITIONS}.`;
      throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
    }
    const now = this.clock.now();
    return nextTransitions(await withPublicHolidays(schedule, now), now, count);
  }
}
