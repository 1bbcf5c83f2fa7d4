import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import { callerOf, readTogether, type SubgraphContext } from '@cleanroom/service-kit';
import { machinesOfRunners, policiesOfPools } from '../../actions/policy-facts.js';
import type { FirewallPorts } from '../../ports.js';
import { FIREWALL_PORTS } from '../firewall-ports.js';

@Resolver('Runner')
export class RunnerFirewallResolver {
  constructor(@Inject(FIREWALL_PORTS) private readonly ports: FirewallPorts) {}

  @ResolveReference()
  resolveReference(runner: { id: string }) {
    return runner;
  }

  /** A runner that sleeps, or that nobody has heard of here, has no machine that could be protected. */
  @ResolveField()
  async firewall(@Parent() { id }: { id: string }, @Context() context: SubgraphContext) {
    const { organizationId } = callerOf(context);
    const machine = await readTogether(context, 'machine', id, (ids) =>
      machinesOfRunners(this.ports, organizationId, ids),
    );
    if (!machine) return { protected: false, verifiedAt: null, policies: [] };
    const policies = await readTogether(context, 'policies', machine.poolId, (ids) =>
      policiesOfPools(this.ports, organizationId, ids),
    );
    return { protected: machine.protected, verifiedAt: machine.verifiedAt, policies: policies ?? [] };
  }
}
