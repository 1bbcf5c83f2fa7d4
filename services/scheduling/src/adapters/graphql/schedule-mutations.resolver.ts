import { isId, type Answer, type Refusal } from '@cleanroom/kernel';
import { auditChange, callerOf, type Attempt, type SubgraphContext } from '@cleanroom/service-kit';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { assignSchedule } from '../../actions/assign-schedule.js';
import { deleteSchedule } from '../../actions/delete-schedule.js';
import { overrideSchedule, removeOverride } from '../../actions/override-schedule.js';
import { createSchedule, updateSchedule } from '../../actions/save-schedule.js';
import type { Schedule } from '../../domain/schedule.js';
import type { Ports } from '../../ports.js';
import { SCHEDULING_PORTS } from '../scheduling-ports.js';
import { awaitKnown } from './await-known.js';
import type { MutationOverrideScheduleArgs, ScheduleInput } from './generated/types.js';
import { draftOf, instantIn, type SchedulePayload } from './schedule-input.js';

const OWNERS = ['OWNER'] as const;
const OPERATORS = ['OWNER', 'OPERATOR'] as const;

/** Of a schedule and by owners, unless it says otherwise. */
type Change = Pick<Attempt, 'action'> & Partial<Pick<Attempt, 'roles' | 'kind' | 'id'>>;

@Resolver()
export class ScheduleMutationsResolver {
  constructor(@Inject(SCHEDULING_PORTS) private readonly ports: Ports) {}

  @Mutation('createSchedule')
  async createSchedule(@Args('input') input: ScheduleInput, @Context() context: SubgraphContext) {
    return this.change(context, { action: 'create-schedule' }, (ports, organizationId) =>
      createSchedule(ports, organizationId, draftOf(input)),
    );
  }

  @Mutation('updateSchedule')
  async updateSchedule(
    @Args('id') id: string,
    @Args('input') input: ScheduleInput,
    @Context() context: SubgraphContext,
  ) {
    return this.change(context, { action: 'update-schedule', id }, (ports, organizationId) =>
      updateSchedule(ports, organizationId, id, draftOf(input)),
    );
  }

  @Mutation('assignSchedule')
  async assignSchedule(
    @Args('scheduleId') scheduleId: string | null | undefined,
    @Args('poolId') poolId: string,
    @Context() context: SubgraphContext,
  ) {
    const action = scheduleId ? 'assign-schedule' : 'unassign-schedule';
    return this.change(context, { action, kind: 'pool', id: poolId }, async (ports, organizationId) => {
      // The pool may have been created a moment ago, by another service.
      if (isId('pool', poolId)) await awaitKnown(() => this.knowsPool(organizationId, poolId));
      return assignSchedule(ports, organizationId, poolId, scheduleId ?? null);
    });
  }

  @Mutation('overrideSchedule')
  async overrideSchedule(@Args() args: MutationOverrideScheduleArgs, @Context() context: SubgraphContext) {
    const { scheduleId, warm, reason } = args;
    const of = { action: 'override-schedule', roles: OPERATORS, id: scheduleId };
    return this.change(context, of, async (ports, organizationId) => {
      const [from, to] = [instantIn(args.from, 'from'), instantIn(args.to, 'to')];
      if (!(from instanceof Date) || !(to instanceof Date))
        return { refusals: [from, to].filter((one): one is Refusal => !(one instanceof Date)) };
      return overrideSchedule(ports, organizationId, scheduleId, { from, to, warm, reason });
    });
  }

  @Mutation('removeOverride')
  async removeOverride(@Args('id') id: string, @Context() context: SubgraphContext) {
    const of = { action: 'remove-override', roles: OPERATORS, kind: 'override', id } as const;
    return this.change(context, of, (ports, organizationId) => removeOverride(ports, organizationId, id));
  }

  @Mutation('deleteSchedule')
  async deleteSchedule(@Args('id') id: string, @Context() context: SubgraphContext) {
    const answer = await this.audit(context, { action: 'delete-schedule', id }, (ports, organizationId) =>
      deleteSchedule(ports, organizationId, id),
    );
    return 'value' in answer
      ? { deletedId: answer.value, userErrors: [] }
      : { deletedId: null, userErrors: answer.refusals };
  }

  private async change(
    context: SubgraphContext,
    of: Change,
    act: (ports: Ports, organizationId: string) => Promise<Answer<Schedule | null>>,
  ): Promise<SchedulePayload> {
    const answer = await this.audit(context, of, act);
    return 'value' in answer
      ? { schedule: answer.value, userErrors: [] }
      : { schedule: null, userErrors: answer.refusals };
  }

  private audit<T>(
    context: SubgraphContext,
    of: Change,
    act: (ports: Ports, organizationId: string) => Promise<Answer<T>>,
  ): Promise<Answer<T>> {
    const caller = callerOf(context);
    const attempt = { roles: OWNERS, kind: 'schedule', ...of, caller, at: this.ports.clock.now() } as const;
    return auditChange(this.ports, attempt, (ports) => act(ports, caller.organizationId));
  }

  private async knowsPool(organizationId: string, poolId: string): Promise<boolean> {
    const pool = await this.ports.transactions.inOrganization(organizationId, ({ pools }) =>
      pools.find(poolId),
    );
    return pool !== undefined;
  }
}
