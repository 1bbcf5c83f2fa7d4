import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import { callerOf, readTogether, type SubgraphContext } from '@cleanroom/service-kit';
import { policiesOfPools } from '../../actions/policy-facts.js';
import type { FirewallPorts } from '../../ports.js';
import { FIREWALL_PORTS } from '../firewall-ports.js';

@Resolver('RunnerPool')
export class PoolPoliciesResolver {
  constructor(@Inject(FIREWALL_PORTS) private readonly ports: FirewallPorts) {}

  @ResolveReference()
  resolveReference(pool: { id: string }) {
    return pool;
  }

  @ResolveField()
  async firewallPolicies(@Parent() { id }: { id: string }, @Context() context: SubgraphContext) {
    const { organizationId } = callerOf(context);
    return (
      (await readTogether(context, 'policies', id, (ids) =>
        policiesOfPools(this.ports, organizationId, ids),
      )) ?? []
    );
  }
}
