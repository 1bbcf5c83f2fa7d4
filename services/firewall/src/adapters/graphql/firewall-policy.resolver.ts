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
import type { Refusal } from '@cleanroom/kernel';
import {
  auditChange,
  callerOf,
  pageArguments,
  readTogether,
  type SubgraphContext,
} from '@cleanroom/service-kit';
import { assignPolicy } from '../../actions/assign-policy.js';
import { createPolicy } from '../../actions/create-policy.js';
import { deletePolicy } from '../../actions/delete-policy.js';
import { listPolicies } from '../../actions/list-policies.js';
import {
  policyById,
  poolsOfPolicy,
  statesOfPolicies,
  UNUSED,
  type PolicyState,
} from '../../actions/policy-facts.js';
import { unassignPolicy } from '../../actions/unassign-policy.js';
import { updatePolicy } from '../../actions/update-policy.js';
import type { Answer, FirewallPorts, Policy } from '../../ports.js';
import { FIREWALL_PORTS } from '../firewall-ports.js';
import { awaitPool } from './await-pool.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { rulesFromInput, type PolicyInput } from './policy-input.js';

interface PolicyPayload {
  firewallPolicy: Policy | null;
  userErrors: readonly Refusal[];
}

@Resolver('FirewallPolicy')
export class FirewallPolicyResolver {
  constructor(@Inject(FIREWALL_PORTS) private readonly ports: FirewallPorts) {}

  @Query()
  async firewallPolicies(
    @Args('first') first: number,
    @Args('after') after: string | undefined,
    @Context() context: SubgraphContext,
  ) {
    const { organizationId } = callerOf(context);
    const { limit, after: cursor } = pageArguments(first, after);
    const page = { limit, after: cursor === undefined ? undefined : decodeCursor(cursor) };
    const { policies, hasNextPage, totalCount } = await listPolicies(this.ports, organizationId, page);
    const edges = policies.map((node) => ({ cursor: encodeCursor(node.id), node }));
    return {
      edges,
      nodes: policies,
      totalCount,
      pageInfo: { hasNextPage, endCursor: edges.at(-1)?.cursor ?? null },
    };
  }

  @ResolveReference()
  resolveReference({ id }: { id: string }, context: SubgraphContext) {
    return policyById(this.ports, callerOf(context).organizationId, id);
  }

  @ResolveField()
  async pools(@Parent() { id, organizationId }: Policy) {
    return (await poolsOfPolicy(this.ports, organizationId, id)).map((pool) => ({
      __typename: 'RunnerPool',
      id: pool,
    }));
  }

  @ResolveField()
  async status(@Parent() policy: Policy, @Context() context: SubgraphContext) {
    return (await this.stateOf(policy, context)).status;
  }

  @ResolveField()
  async driftedAt(@Parent() policy: Policy, @Context() context: SubgraphContext) {
    return (await this.stateOf(policy, context)).driftedAt;
  }

  @Mutation()
  createFirewallPolicy(@Args('input') input: PolicyInput, @Context() context: SubgraphContext) {
    return this.change(context, 'create-firewall-policy', undefined, (ports, organizationId) =>
      createPolicy(ports, organizationId, rulesFromInput(input)),
    );
  }

  @Mutation()
  updateFirewallPolicy(
    @Args('id') id: string,
    @Args('input') input: PolicyInput,
    @Context() context: SubgraphContext,
  ) {
    return this.change(context, 'update-firewall-policy', id, (ports, organizationId) =>
      updatePolicy(ports, organizationId, id, rulesFromInput(input)),
    );
  }

  @Mutation()
  assignFirewallPolicy(
    @Args('policyId') policyId: string,
    @Args('poolId') poolId: string,
    @Context() context: SubgraphContext,
  ) {
    return this.change(context, 'assign-firewall-policy', policyId, async (ports, organizationId) => {
      await awaitPool(ports, organizationId, poolId);
      return assignPolicy(ports, organizationId, { policyId, poolId });
    });
  }

  @Mutation()
  unassignFirewallPolicy(
    @Args('policyId') policyId: string,
    @Args('poolId') poolId: string,
    @Context() context: SubgraphContext,
  ) {
    return this.change(context, 'unassign-firewall-policy', policyId, (ports, organizationId) =>
      unassignPolicy(ports, organizationId, { policyId, poolId }),
    );
  }

  @Mutation()
  async deleteFirewallPolicy(@Args('id') id: string, @Context() context: SubgraphContext) {
    const answer = await this.audit(context, 'delete-firewall-policy', id, (ports, organizationId) =>
      deletePolicy(ports, organizationId, id),
    );
    return 'value' in answer
      ? { deletedId: answer.value, userErrors: [] }
      : { deletedId: null, userErrors: answer.refusals };
  }

  private async stateOf({ id, organizationId }: Policy, context: SubgraphContext): Promise<PolicyState> {
    const state = await readTogether(context, 'policyState', id, (ids) =>
      statesOfPolicies(this.ports, organizationId, ids),
    );
    return state ?? UNUSED;
  }

  private async change(
    context: SubgraphContext,
    action: string,
    id: string | undefined,
    act: (ports: FirewallPorts, organizationId: string) => Promise<Answer<Policy>>,
  ): Promise<PolicyPayload> {
    const answer = await this.audit(context, action, id, act);
    return 'value' in answer
      ? { firewallPolicy: answer.value, userErrors: [] }
      : { firewallPolicy: null, userErrors: answer.refusals };
  }

  private audit<T>(
    context: SubgraphContext,
    action: string,
    id: string | undefined,
    act: (ports: FirewallPorts, organizationId: string) => Promise<Answer<T>>,
  ): Promise<Answer<T>> {
    const caller = callerOf(context);
    const of = {
      caller,
      at: this.ports.now(),
      roles: ['OWNER'],
      action,
      kind: 'firewallPolicy',
      id,
    } as const;
    return auditChange(this.ports, of, (ports) => act(ports, caller.organizationId));
  }
}
