import { Inject } from '@nestjs/common';
import { Parent, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import { callerOf, type SubgraphContext } from '@cleanroom/service-kit';
import type { GitLabConnection, IdentityPorts } from '../../ports.js';
import { webhookUrlOf } from '../identity-ports.js';
import { IDENTITY_PORTS } from '../injection.js';

@Resolver('GitLabConnection')
export class GitLabConnectionResolver {
  constructor(@Inject(IDENTITY_PORTS) private readonly ports: IdentityPorts) {}

  @ResolveReference()
  async resolveReference({ id }: { id: string }, context: SubgraphContext) {
    const { organizationId } = callerOf(context);
    const known = await this.ports.transactions.inOrganization(organizationId, (tx) =>
      tx.gitlabConnections.find(id),
    );
    return known && !known.deleted ? known : null;
  }

  @ResolveField()
  webhookUrl(@Parent() { id }: GitLabConnection) {
    return webhookUrlOf(this.ports.publicOrigin)(id);
  }
}
