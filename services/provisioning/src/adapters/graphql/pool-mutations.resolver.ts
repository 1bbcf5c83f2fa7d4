import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { auditChange, callerOf, type Attempt, type SubgraphContext } from '@cleanroom/service-kit';
import { createPool, type NewPool } from '../../actions/create-pool.js';
import { deletePool } from '../../actions/delete-pool.js';
import { pausePool } from '../../actions/pause-pool.js';
import { resizePool, type Resized } from '../../actions/resize-pool.js';
import { updatePool, type PoolUpdate } from '../../actions/update-pool.js';
import type { Pool } from '../../domain/pool.js';
import type { Answer, ProvisioningPorts } from '../../ports.js';
import { PROVISIONING_PORTS } from '../provisioning-ports.js';
import { awaitConnections } from './await-connections.js';

const OWNERS = ['OWNER'] as const;
const OPERATORS = ['OWNER', 'OPERATOR'] as const;

@Resolver()
export class PoolMutationsResolver {
  constructor(@Inject(PROVISIONING_PORTS) private readonly ports: ProvisioningPorts) {}

  @Mutation()
  createRunnerPool(@Args('input') input: NewPool, @Context() context: SubgraphContext) {
    const change = { action: 'create-runner-pool', roles: OWNERS };
    return this.change(context, change, async (ports, organizationId) => {
      await awaitConnections(ports, organizationId, input);
      return createPool(ports, organizationId, input);
    });
  }

  @Mutation()
  updateRunnerPool(
    @Args('input') { id, ...input }: PoolUpdate & { id: string },
    @Context() context: SubgraphContext,
  ) {
    return this.change(
      context,
      { action: 'update-runner-pool', roles: OWNERS, id },
      (ports, organizationId) => updatePool(ports, organizationId, id, withoutNulls(input)),
    );
  }

  @Mutation()
  pauseRunnerPool(
    @Args('id') id: string,
    @Args('paused') paused: boolean,
    @Context() context: SubgraphContext,
  ) {
    const action = paused ? 'pause-runner-pool' : 'resume-runner-pool';
    return this.change(context, { action, roles: OPERATORS, id }, (ports, organizationId) =>
      pausePool(ports, organizationId, id, paused),
    );
  }

  @Mutation()
  deleteRunnerPool(@Args('id') id: string, @Context() context: SubgraphContext) {
    return this.change(
      context,
      { action: 'delete-runner-pool', roles: OWNERS, id },
      (ports, organizationId) => deletePool(ports, organizationId, id),
    );
  }

  @Mutation()
  async resizeRunnerPool(
    @Args() { id, size, confirm }: { id: string; size: number; confirm: boolean },
    @Context() context: SubgraphContext,
  ) {
    const caller = callerOf(context);
    const answer = await auditChange(
      this.ports,
      {
        ...{ caller, at: this.ports.now(), roles: OPERATORS, action: 'resize-runner-pool', kind: 'pool', id },
        // Without a confirmation it only says which addresses that would cost.
        isChange: ({ releasedIps }: Resized) => confirm || releasedIps.length === 0,
      },
      (ports) => resizePool(ports, caller.organizationId, id, { size, confirm }),
    );
    return 'value' in answer
      ? { runnerPool: answer.value.pool, releasedIps: answer.value.releasedIps, userErrors: [] }
      : { runnerPool: null, releasedIps: [], userErrors: answer.refusals };
  }

  private async change(
    context: SubgraphContext,
    of: Pick<Attempt, 'action' | 'roles' | 'id'>,
    act: (ports: ProvisioningPorts, organizationId: string) => Promise<Answer<Pool>>,
  ) {
    const caller = callerOf(context);
    const attempt = { ...of, caller, at: this.ports.now(), kind: 'pool' } as const;
    const answer = await auditChange(this.ports, attempt, (ports) => act(ports, caller.organizationId));
    return 'value' in answer
      ? { runnerPool: answer.value, userErrors: [] }
      : { runnerPool: null, userErrors: answer.refusals };
  }
}

/** GraphQL says null where a field is left as it is. */
const withoutNulls = <T extends object>(input: T): T =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null)) as T;
