import { isId, type Refusal, type Role } from '@cleanroom/kernel';
import { allow, callerOf, type SubgraphContext } from '@cleanroom/service-kit';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { assignSchedule } from '../../actions/assign-schedule.js';
import { deleteSchedule } from '../../actions/delete-schedule.js';
import { overrideSchedule, removeOverride } from '../../actions/override-schedule.js';
import { createSchedule, updateSchedule } from '../../actions/save-schedule.js';
import type { Ports } from '../../ports.js';
import { SCHEDULING_PORTS } from '../scheduling-ports.js';
import { awaitKnown } from './await-known.js';
import type { MutationOverrideScheduleArgs, ScheduleInput } from './generated/types.js';
import { draftOf, instantIn, payloadOf, refused, type SchedulePayload } from './schedule-input.js';

@Resolver()
export class ScheduleMutationsResolver {
  constructor(@Inject(SCHEDULING_PORTS) private readonly ports: Ports) {}

  @Mutation('createSchedule')
  async createSchedule(@Args('input') input: ScheduleInput, @Context() context: SubgraphContext) {
    return this.change(context, ['OWNER'], async (organizationId) =>
      payloadOf(await createSchedule(this.ports, organizationId, draftOf(input))),
    );
  }

  @Mutation('updateSchedule')
  async updateSchedule(
    @Args('id') id: string,
    @Args('input') input: ScheduleInput,
    @Context() context: SubgraphContext,
  ) {
    return this.change(context, ['OWNER'], async (organizationId) =>
      payloadOf(await updateSchedule(this.ports, organizationId, id, draftOf(input))),
    );
  }

  @Mutation('assignSchedule')
  async assignSchedule(
    @Args('scheduleId') scheduleId: string | null | undefined,
    @Args('poolId') poolId: string,
    @Context() context: SubgraphContext,
  ) {
    return this.change(context, ['OWNER'], async (organizationId) => {
      // The pool may have been created a moment ago, by another service.
      if (isId('pool', poolId)) await awaitKnown(() => this.knowsPool(organizationId, poolId));
      return payloadOf(await assignSchedule(this.ports, organizationId, poolId, scheduleId ?? null));
    });
  }

  @Mutation('overrideSchedule')
  async overrideSchedule(@Args() args: MutationOverrideScheduleArgs, @Context() context: SubgraphContext) {
    return this.change(context, ['OWNER', 'OPERATOR'], async (organizationId) => {
      const from = instantIn(args.from, 'from');
      const to = instantIn(args.to, 'to');
      if (!(from instanceof Date) || !(to instanceof Date)) {
        return refused(...[from, to].filter((one): one is Refusal => !(one instanceof Date)));
      }
      const { scheduleId, warm, reason } = args;
      return payloadOf(
        await overrideSchedule(this.ports, organizationId, scheduleId, { from, to, warm, reason }),
      );
    });
  }

  @Mutation('removeOverride')
  async removeOverride(@Args('id') id: string, @Context() context: SubgraphContext) {
    return this.change(context, ['OWNER', 'OPERATOR'], async (organizationId) =>
      payloadOf(await removeOverride(this.ports, organizationId, id)),
    );
  }

  @Mutation('deleteSchedule')
  async deleteSchedule(@Args('id') id: string, @Context() context: SubgraphContext) {
    const caller = callerOf(context);
    const refusal = allow(caller, 'OWNER');
    if (refusal) return { deletedId: null, userErrors: [refusal] };
    const result = await deleteSchedule(this.ports, caller.organizationId, id);
    return result.ok
      ? { deletedId: result.value, userErrors: [] }
      : { deletedId: null, userErrors: result.error };
  }

  private async change(
    context: SubgraphContext,
    roles: readonly Role[],
    act: (organizationId: string) => Promise<SchedulePayload>,
  ): Promise<SchedulePayload> {
    const caller = callerOf(context);
    const refusal = allow(caller, ...roles);
    return refusal ? refused(refusal) : act(caller.organizationId);
  }

  private async knowsPool(organizationId: string, poolId: string): Promise<boolean> {
    const pool = await this.ports.transactions.run(organizationId, ({ pools }) => pools.find(poolId));
    return pool !== undefined;
  }
}
