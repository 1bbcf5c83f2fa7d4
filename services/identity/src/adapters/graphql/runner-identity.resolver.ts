import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import { callerOf, readTogether, type SubgraphContext } from '@cleanroom/service-kit';
import { knownOfRunners } from '../../actions/known-of-runners.js';
import { workloadSubject } from '../../domain/workload-subject.js';
import type { IdentityPorts } from '../../ports.js';
import { IDENTITY_PORTS, ISSUER } from '../injection.js';
import { shownStaticIp } from './shown-static-ip.js';

@Resolver('Runner')
export class RunnerIdentityResolver {
  constructor(
    @Inject(IDENTITY_PORTS) private readonly ports: IdentityPorts,
    @Inject(ISSUER) private readonly issuer: string,
  ) {}

  @ResolveReference()
  resolveReference(runner: { id: string }) {
    return runner;
  }

  /** Null once it is given back, and for a runner that was never heard of here. */
  @ResolveField()
  async staticIp(@Parent() { id }: { id: string }, @Context() context: SubgraphContext) {
    const known = await this.#known(id, context);
    return known && known.ip.status !== 'RELEASED' ? shownStaticIp(known.ip) : null;
  }

  @ResolveField()
  async identity(@Parent() { id }: { id: string }, @Context() context: SubgraphContext) {
    const known = await this.#known(id, context);
    if (!known) return null;
    const { organizationId, poolId } = known.ip;
    const subject = workloadSubject({ organizationId, poolId, runnerId: id });
    return { issuer: this.issuer, subject, lastTokenIssuedAt: known.lastTokenIssuedAt ?? null };
  }

  #known(runnerId: string, context: SubgraphContext) {
    const { organizationId } = callerOf(context);
    return readTogether(context, 'identity', runnerId, (ids) =>
      knownOfRunners(this.ports, organizationId, ids),
    );
  }
}
