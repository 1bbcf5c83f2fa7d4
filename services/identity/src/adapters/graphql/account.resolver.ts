import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { parseInstant, refusal, type Role } from '@cleanroom/kernel';
import { allow, callerOf, type SubgraphContext } from '@cleanroom/service-kit';
import { createApiToken, revokeApiToken } from '../../actions/api-tokens.js';
import type { IdentityPorts } from '../../ports.js';
import { IDENTITY_PORTS } from '../injection.js';
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
    const caller = callerOf(context);
    const refused = allow(caller, 'OWNER');
    if (refused) return { apiToken: null, secret: null, userErrors: [refused] };
    const expires = typeof expiresAt === 'string' ? parseInstant(expiresAt) : null;
    if (expires === undefined) {
      return {
        apiToken: null,
        secret: null,
        userErrors: [refusal('INVALID', 'A time in RFC 3339.', 'expiresAt')],
      };
    }
    const answer = await createApiToken(this.ports, caller.organizationId, caller.name, {
      name,
      role,
      expiresAt: expires,
    });
    if (!('value' in answer)) return { apiToken: null, secret: null, userErrors: answer.refusals };
    return { apiToken: answer.value.apiToken, secret: answer.value.secret.reveal(), userErrors: [] };
  }

  @Mutation()
  async revokeApiToken(@Args('id') id: string, @Context() context: SubgraphContext) {
    const caller = callerOf(context);
    const refused = allow(caller, 'OWNER');
    if (refused) return { deletedId: null, userErrors: [refused] };
    const answer = await revokeApiToken(this.ports, caller.organizationId, caller.name, id);
    return 'value' in answer
      ? { deletedId: answer.value, userErrors: [] }
      : { deletedId: null, userErrors: answer.refusals };
  }
}
