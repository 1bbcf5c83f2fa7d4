import { Inject } from '@nestjs/common';
import { Args, Context, ResolveField, ResolveReference, Resolver } from '@nestjs/graphql';
import { callerOf, callerWithRole, pageArguments, type SubgraphContext } from '@cleanroom/service-kit';
import { readAuditLog } from '../../actions/read-audit-log.js';
import type { IdentityPorts } from '../../ports.js';
import { IDENTITY_PORTS } from '../injection.js';
import { actorKindsOf } from './actor-kinds.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import type { AuditFilter } from './generated/types.js';

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

  @ResolveField()
  async auditLog(
    @Args('first') first: number,
    @Args('after') after: string | undefined,
    @Args('filter') filter: AuditFilter | null | undefined,
    @Context() context: SubgraphContext,
  ) {
    const { organizationId } = callerWithRole(context, 'OWNER');
    const page = pageArguments(first, after);
    const { entries, hasNextPage } = await readAuditLog(this.ports, organizationId, {
      limit: page.limit,
      beforeId: page.after === undefined ? undefined : decodeCursor(page.after),
      actorKinds: actorKindsOf(filter),
    });
    const edges = entries.map((node) => ({ cursor: encodeCursor(node.id), node }));
    return { edges, nodes: entries, pageInfo: { hasNextPage, endCursor: edges.at(-1)?.cursor ?? null } };
  }
}
