import { Inject } from '@nestjs/common';
import { ResolveReference, Resolver } from '@nestjs/graphql';
import { callerOf, type SubgraphContext } from '@cleanroom/service-kit';
import type { IdentityPorts } from '../../ports.js';
import { IDENTITY_PORTS } from '../injection.js';

@Resolver('ApiToken')
export class ApiTokenResolver {
  constructor(@Inject(IDENTITY_PORTS) private readonly ports: IdentityPorts) {}

  @ResolveReference()
  async resolveReference({ id }: { id: string }, context: SubgraphContext) {
    const { organizationId } = callerOf(context);
    const tokens = await this.ports.transactions.inOrganization(organizationId, (tx) => tx.apiTokens());
    return tokens.find((token) => token.id === id) ?? null;
  }
}
