import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import { callerOf, readTogether, type SubgraphContext } from '@cleanroom/service-kit';
import { firewallsOfRunners, NOTHING_VERIFIED } from '../../actions/policy-facts.js';
import type { FirewallPorts } from '../../ports.js';
import { FIREWALL_PORTS } from '../firewall-ports.js';

@Resolver('Runner')
export class RunnerFirewallResolver {
  constructor(@Inject(FIREWALL_PORTS) private readonly ports: FirewallPorts) {}

  @ResolveReference()
  resolveReference(runner: { id: string }) {
    return runner;
  }

  @ResolveField()
  async firewall(@Parent() { id }: { id: string }, @Context() context: SubgraphContext) {
    const { organizationId } = callerOf(context);
    const verified = await readTogether(context, 'runnerFirewall', id, (ids) =>
      firewallsOfRunners(this.ports, organizationId, ids),
    );
    return verified ?? NOTHING_VERIFIED;
  }
}
