import { Inject } from '@nestjs/common';
import {
  Args,
  Context,
  Mutation,
  Parent,
  Query,
  ResolveField,
  ResolveReference,
  Resolver,
} from '@nestjs/graphql';
import type { Database } from '@cleanroom/persistence';
import { NO_BUDGET, parseInstant, refusal, type UserCaller } from '@cleanroom/kernel';
import {
  auditChange,
  callerOf,
  DATABASE,
  pageArguments,
  readTogether,
  type SubgraphContext,
} from '@cleanroom/service-kit';
import {
  budgetsOverPools,
  listMachines,
  machinesById,
  poolsOfRunners,
  readTimeline,
  runnerById,
  runnersById,
} from '../../actions/read-fleet.js';
import { requestDrain } from '../../actions/request-drain.js';
import { wakeRunner } from '../../actions/wake-runner.js';
import type { Machine } from '../../domain/machine.js';
import { nextTryAt } from '../../domain/next-try.js';
import { paidUntil } from '../../domain/paid-hour.js';
import type { Runner } from '../../domain/runner.js';
import type { RunnerState } from '../../domain/runner-state.js';
import type { Answer, ProvisioningPorts } from '../../ports.js';
import { PROVISIONING_PORTS } from '../provisioning-ports.js';
import { connectionOf, decodeCursor } from './connection.js';
import { runnerPage } from './runner-page.js';

const OPERATORS = ['OWNER', 'OPERATOR'] as const;

@Resolver('Runner')
export class RunnerResolver {
  constructor(
    @Inject(PROVISIONING_PORTS) private readonly ports: ProvisioningPorts,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Query()
  runners(
    @Args()
    {
      first,
      after,
      poolId,
      states,
    }: { first: number; after?: string; poolId?: string; states?: RunnerState[] },
    @Context() context: SubgraphContext,
  ) {
    const { ports, database } = this;
    const filter = { poolId: poolId ?? undefined, states: states ?? undefined };
    return runnerPage({ ports, database }, callerOf(context).organizationId, filter, { first, after });
  }

  @Query()
  runner(@Args('id') id: string, @Context() context: SubgraphContext) {
    return runnerById(this.ports, callerOf(context).organizationId, id);
  }

  @ResolveReference()
  resolveReference({ id }: { id: string }, context: SubgraphContext) {
    const { organizationId } = callerOf(context);
    return readTogether(context, 'runner', id, (ids) => runnersById(this.ports, organizationId, ids));
  }

  @ResolveField()
  pool(@Parent() { poolId, organizationId }: Runner, @Context() context: SubgraphContext) {
    return readTogether(context, 'pool of runner', poolId, (ids) =>
      poolsOfRunners(this.ports, organizationId, ids),
    );
  }

  @ResolveField()
  async retryAt(@Parent() runner: Runner, @Context() context: SubgraphContext) {
    const { poolId, organizationId, heldByBudget } = runner;
    const budget = heldByBudget
      ? await readTogether(context, 'budget', poolId, (ids) =>
          budgetsOverPools(this.ports, organizationId, ids),
        )
      : undefined;
    return nextTryAt(runner, budget ?? NO_BUDGET, this.ports.now());
  }

  @ResolveField()
  async machine(@Parent() { machineId, organizationId }: Runner, @Context() context: SubgraphContext) {
    if (machineId === null) return null;
    const machine = await readTogether(context, 'machine', machineId, (ids) =>
      machinesById(this.ports, organizationId, ids),
    );
    return machine && shown(machine, this.ports.now());
  }

  @ResolveField()
  async machines(
    @Parent() { id, organizationId }: Runner,
    @Args('first') first: number,
    @Args('after') after: string | undefined,
  ) {
    const page = pageArguments(first, after);
    const found = await listMachines(this.ports, organizationId, id, {
      limit: page.limit,
      after: decodeCursor('machine', page.after),
    });
    const now = this.ports.now();
    return connectionOf({ ...found, nodes: found.nodes.map((machine) => shown(machine, now)) });
  }

  @ResolveField()
  async timeline(
    @Parent() { id, organizationId }: Runner,
    @Args('first') first: number,
    @Args('after') after: string | undefined,
  ) {
    const page = pageArguments(first, after);
    return connectionOf(
      await readTimeline(this.ports, organizationId, id, {
        limit: page.limit,
        after: decodeCursor('timeline', page.after),
      }),
    );
  }

  @Mutation()
  wakeRunner(
    @Args('id') id: string,
    @Args('until') until: string | null | undefined,
    @Context() context: SubgraphContext,
  ) {
    return this.change(context, 'wake-runner', id, async (ports, { organizationId, name }) => {
      const at = typeof until === 'string' ? parseInstant(until) : null;
      if (at === undefined) return { refusals: [refusal('INVALID', 'A time in RFC 3339.', 'until')] };
      return wakeRunner(ports, organizationId, id, { until: at ?? undefined, actor: name });
    });
  }

  @Mutation()
  drainRunner(@Args('id') id: string, @Context() context: SubgraphContext) {
    return this.change(context, 'drain-runner', id, (ports, { organizationId, name }) =>
      requestDrain(ports, organizationId, id, name),
    );
  }

  private async change(
    context: SubgraphContext,
    action: string,
    id: string,
    act: (ports: ProvisioningPorts, caller: UserCaller) => Promise<Answer<Runner>>,
  ) {
    const caller = callerOf(context);
    const attempt = { caller, at: this.ports.now(), roles: OPERATORS, action, kind: 'runner', id } as const;
    const answer = await auditChange(this.ports, attempt, (ports) => act(ports, caller));
    return 'value' in answer
      ? { runner: answer.value, userErrors: [] }
      : { runner: null, userErrors: answer.refusals };
  }
}

/** Hetzner's id is a number that may outgrow GraphQL's integers; the paid hour follows from the server's creation. */
const shown = (machine: Machine, now: Date) => ({
  ...machine,
  serverId: machine.serverId > 0 ? String(machine.serverId) : null,
  paidUntil: machine.createdAt && paidUntil(machine.createdAt, machine.deletedAt ?? now),
});
