import { Inject } from '@nestjs/common';
import { Context, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import { callerOf, type SubgraphContext } from '@cleanroom/service-kit';
import type { IdentityPorts } from '../../ports.js';
import { IDENTITY_PORTS } from '../injection.js';

@Resolver('Organization')
export class OrganizationResolver {
  constructor(@Inject(IDENTITY_PORTS) private readonly ports: IdentityPorts) {}

  @ResolveReference()
  async resolveReference({ id }: { id: string }, context: SubgraphContext) {
    const { organizationId } = callerOf(context);
    const organization = await this.ports.transactions.inOrganization(organizationId, (tx) =>
      tx.organization(),
    );
    return organization?.id === id ? organization : null;
  }

  @ResolveField()
  hetznerProjects(@Context() context: SubgraphContext) {
    return this.ports.transactions.inOrganization(callerOf(context).organizationId, (tx) =>
      tx.hetznerProjects.all(),
    );
  }

  @ResolveField()
  gitlabConnections(@Context() context: SubgraphContext) {
    return this.ports.transactions.inOrganization(callerOf(context).organizationId, (tx) =>
      tx.gitlabConnections.all(),
    );
  }

  @ResolveField()
  apiTokens(@Context() context: SubgraphContext) {
    return this.ports.transactions.inOrganization(callerOf(context).organizationId, (tx) => tx.apiTokens());
  }
}
