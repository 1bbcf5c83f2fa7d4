import { Inject } from '@nestjs/common';
import { Args, Context, Parent, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { followChanges, type FollowedChange } from '@cleanroom/messaging';
import type { Database } from '@cleanroom/persistence';
import { callerOf, DATABASE, refuseCursor, type SubgraphContext } from '@cleanroom/service-kit';
import { runnerById } from '../../actions/read-fleet.js';
import type { RunnerState } from '../../domain/runner-state.js';
import type { ProvisioningPorts } from '../../ports.js';
import { PROVISIONING_PORTS } from '../provisioning-ports.js';

interface Logged {
  from: RunnerState | null;
  to: RunnerState;
  poolId: string;
}

interface RunnerChange {
  cursor: string;
  at: Date;
  from: RunnerState | null;
  to: RunnerState;
  runnerId: string;
}

@Resolver('RunnerChange')
export class RunnerChangesResolver {
  constructor(
    @Inject(PROVISIONING_PORTS) private readonly ports: ProvisioningPorts,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Subscription()
  runnerChanged(
    @Args() { poolId, after }: { poolId?: string; after?: string },
    @Context() context: SubgraphContext,
  ) {
    const { organizationId } = callerOf(context);
    const changes = followChanges(this.database, {
      organizationId,
      after: after ?? undefined,
      kinds: ['runner'],
    });
    return changesOfPool(changes, poolId ?? undefined);
  }

  @ResolveField()
  runner(@Parent() { runnerId }: RunnerChange, @Context() context: SubgraphContext) {
    return runnerById(this.ports, callerOf(context).organizationId, runnerId);
  }
}

/** No generator: one that waits for the next change would not end when the subscriber leaves. */
function changesOfPool(
  changes: AsyncIterableIterator<FollowedChange>,
  poolId: string | undefined,
): AsyncIterableIterator<{ runnerChanged: RunnerChange }> {
  return {
    async next() {
      for (;;) {
        const { done, value } = await changes.next().catch(refuseCursor);
        if (done) return { done, value: undefined };
        const { from, to, poolId: changedPool } = value.payload as Logged;
        if (poolId !== undefined && changedPool !== poolId) continue;
        return {
          done: false,
          value: {
            runnerChanged: { cursor: value.cursor, at: value.at, from, to, runnerId: value.subjectId },
          },
        };
      }
    },
    async return() {
      await changes.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
