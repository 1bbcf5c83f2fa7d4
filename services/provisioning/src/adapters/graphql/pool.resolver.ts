import { Inject } from '@nestjs/common';
import { Args, Context, Parent, Query, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import type { Database } from '@cleanroom/persistence';
import {
  callerOf,
  DATABASE,
  pageArguments,
  readTogether,
  type SubgraphContext,
} from '@cleanroom/service-kit';
import { listPools, poolById, poolsById, stateCountsOfPools } from '../../actions/read-fleet.js';
import { formatDuration } from '../../domain/duration.js';
import type { Pool } from '../../domain/pool.js';
import type { ProvisioningPorts } from '../../ports.js';
import { PROVISIONING_PORTS } from '../provisioning-ports.js';
import { connectionOf, decodeCursor } from './connection.js';
import { runnerPage } from './runner-page.js';

@Resolver('RunnerPool')
export class PoolResolver {
  constructor(
    @Inject(PROVISIONING_PORTS) private readonly ports: ProvisioningPorts,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Query()
  async runnerPools(
    @Args('first') first: number,
    @Args('after') after: string | undefined,
    @Context() context: SubgraphContext,
  ) {
    const page = pageArguments(first, after);
    const { organizationId } = callerOf(context);
    return connectionOf(
      await listPools(this.ports, organizationId, {
        limit: page.limit,
        after: decodeCursor('pool', page.after),
      }),
    );
  }

  @Query()
  runnerPool(@Args('id') id: string, @Context() context: SubgraphContext) {
    return poolById(this.ports, callerOf(context).organizationId, id);
  }

  @ResolveReference()
  resolveReference({ id }: { id: string }, context: SubgraphContext) {
    const { organizationId } = callerOf(context);
    return readTogether(context, 'pool', id, (ids) => poolsById(this.ports, organizationId, ids));
  }

  @ResolveField()
  gitlab(@Parent() { gitlabConnectionId }: Pool) {
    return { __typename: 'GitLabConnection', id: gitlabConnectionId };
  }

  @ResolveField()
  hetznerProject(@Parent() { hetznerProjectId }: Pool) {
    return { __typename: 'HetznerProject', id: hetznerProjectId };
  }

  @ResolveField()
  scope(@Parent() { scopeKind, scopePath }: Pool) {
    return { kind: scopeKind, fullPath: scopePath || null };
  }

  @ResolveField()
  protectedOnly(@Parent() { protectedRefsOnly }: Pool) {
    return protectedRefsOnly;
  }

  @ResolveField()
  idleTimeout(@Parent() { idleTimeoutSeconds }: Pool) {
    return formatDuration(idleTimeoutSeconds);
  }

  @ResolveField()
  maxMachineAge(@Parent() { maxMachineAgeSeconds }: Pool) {
    return formatDuration(maxMachineAgeSeconds);
  }

  @ResolveField()
  runners(
    @Parent() { id, organizationId }: Pool,
    @Args('first') first: number,
    @Args('after') after: string | undefined,
  ) {
    const { ports, database } = this;
    return runnerPage({ ports, database }, organizationId, { poolId: id }, { first, after });
  }

  @ResolveField()
  async stateCounts(@Parent() { id, organizationId }: Pool, @Context() context: SubgraphContext) {
    const counts = await readTogether(context, 'stateCounts', id, (ids) =>
      stateCountsOfPools(this.ports, organizationId, ids),
    );
    return counts ?? [];
  }
}
