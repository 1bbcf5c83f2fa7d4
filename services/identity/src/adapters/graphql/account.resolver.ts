import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { parseInstant, refusal, type Role } from '@cleanroom/kernel';
import { callerOf, type SubgraphContext } from '@cleanroom/service-kit';
import { createApiToken, revokeApiToken, type NewApiToken } from '../../actions/api-tokens.js';
import type { IdentityPorts } from '../../ports.js';
import { IDENTITY_PORTS } from '../injection.js';
import { auditedChange } from './audited-change.js';
import { shownStaticIp } from './shown-static-ip.js';

/** Who asks, and their organisation's tokens and addresses. */
@Resolver()
export class AccountResolver {
  constructor(@Inject(IDENTITY_PORTS) private readonly ports: IdentityPorts) {}

  @Query()
  async viewer(@Context() context: SubgraphContext) {
    const { organizationId, role, name } = callerOf(context);
    const organization = await this.ports.transactions.inOrganization(organizationId, (tx) =>
      tx.organization(),
    );
    return { organization, role, name };
  }

  @Query()
  async staticIps(@Context() context: SubgraphContext) {
    const { organizationId } = callerOf(context);
    const ips = await this.ports.transactions.inOrganization(organizationId, (tx) => tx.staticIps.all());
    return ips.map(shownStaticIp);
  }

  @Mutation()
  async createApiToken(
    @Args() { name, role, expiresAt }: { name: string; role: Role; expiresAt?: string | null },
    @Context() context: SubgraphContext,
  ) {
    const answer = await auditedChange<NewApiToken>(
      this.ports,
      context,
      { action: 'create-api-token' },
      async ({ organizationId, name: actor }) => {
        const expires = typeof expiresAt === 'string' ? parseInstant(expiresAt) : null;
        if (expires === undefined)
          return { refusals: [refusal('INVALID', 'A time in RFC 3339.', 'expiresAt')] };
        return createApiToken(this.ports, organizationId, actor, { name, role, expiresAt: expires });
      },
    );
    if (!('value' in answer)) return { apiToken: null, secret: null, userErrors: answer.refusals };
    return { apiToken: answer.value.apiToken, secret: answer.value.secret.reveal(), userErrors: [] };
  }

  @Mutation()
  async revokeApiToken(@Args('id') id: string, @Context() context: SubgraphContext) {
    const answer = await auditedChange(
      this.ports,
      context,
      { action: 'revoke-api-token', kind: 'apiToken', id },
      ({ organizationId, name }) => revokeApiToken(this.ports, organizationId, name, id),
    );
    return 'value' in answer
      ? { deletedId: answer.value, userErrors: [] }
      : { deletedId: null, userErrors: answer.refusals };
  }
}
