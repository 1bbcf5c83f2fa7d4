import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import type { Role } from '@cleanroom/kernel';
import { allow, callerOf, type SubgraphContext } from '@cleanroom/service-kit';
import { createPool, type NewPool } from '../../actions/create-pool.js';
import { deletePool } from '../../actions/delete-pool.js';
import { pausePool } from '../../actions/pause-pool.js';
import { resizePool } from '../../actions/resize-pool.js';
import { updatePool, type PoolUpdate } from '../../actions/update-pool.js';
import type { Pool } from '../../domain/pool.js';
import type { Answer, ProvisioningPorts } from '../../ports.js';
import { PROVISIONING_PORTS } from '../provisioning-ports.js';
import { awaitConnections } from './await-connections.js';

@Resolver()
export class PoolMutationsResolver {
  constructor(@Inject(PROVISIONING_PORTS) private readonly ports: ProvisioningPorts) {}

  @Mutation()
  createRunnerPool(@Args('input') input: NewPool, @Context() context: SubgraphContext) {
    return this.change(context, ['OWNER'], async (organizationId) => {
      await awaitConnections(this.ports, organizationId, input);
      return createPool(this.ports, organizationId, input);
    });
  }

  @Mutation()
  updateRunnerPool(
    @Args('input') { id, ...input }: PoolUpdate & { id: string },
    @Context() context: SubgraphContext,
  ) {
    return this.change(context, ['OWNER'], (organizationId) =>
      updatePool(this.ports, organizationId, id, withoutNulls(input)),
    );
  }

  @Mutation()
  pauseRunnerPool(
    @Args('id') id: string,
    @Args('paused') paused: boolean,
    @Context() context: SubgraphContext,
  ) {
    return this.change(context, ['OWNER', 'OPERATOR'], (organizationId) =>
      pausePool(this.ports, organizationId, id, paused),
    );
  }

  @Mutation()
  deleteRunnerPool(@Args('id') id: string, @Context() context: SubgraphContext) {
    return this.change(context, ['OWNER'], (organizationId) => deletePool(this.ports, organizationId, id));
  }

  @Mutation()
  async resizeRunnerPool(
    @Args() { id, size, confirm }: { id: string; size: number; confirm: boolean },
    @Context() context: SubgraphContext,
  ) {
    const caller = callerOf(context);
    const refused = allow(caller, 'OWNER', 'OPERATOR');
    if (refused) return { runnerPool: null, releasedIps: [], userErrors: [refused] };
    const answer = await resizePool(this.ports, caller.organizationId, id, { size, confirm });
    return 'value' in answer
      ? { runnerPool: answer.value.pool, releasedIps: answer.value.releasedIps, userErrors: [] }
      : { runnerPool: null, releasedIps: [], userErrors: answer.refusals };
  }

  private async change(
    context: SubgraphContext,
    roles: readonly Role[],
    action: (organizationId: string) => Promise<Answer<Pool>>,
  ) {
    const caller = callerOf(context);
    const refused = allow(caller, ...roles);
    if (refused) return { runnerPool: null, userErrors: [refused] };
    const answer = await action(caller.organizationId);
    return 'value' in answer
      ? { runnerPool: answer.value, userErrors: [] }
      : { runnerPool: null, userErrors: answer.refusals };
  }
}

/** GraphQL says null where a field is left as it is. */
const withoutNulls = <T extends object>(input: T): T =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null)) as T;
