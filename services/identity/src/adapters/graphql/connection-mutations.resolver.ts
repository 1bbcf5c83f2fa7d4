import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import type { UserCaller } from '@cleanroom/kernel';
import type { SubgraphContext } from '@cleanroom/service-kit';
import { connectGitLab, type GitLabWish } from '../../actions/connect-gitlab.js';
import { connectHetznerProject } from '../../actions/connect-hetzner-project.js';
import { disconnectGitLab } from '../../actions/disconnect-gitlab.js';
import { disconnectHetznerProject } from '../../actions/disconnect-hetzner-project.js';
import { updateGitLab } from '../../actions/update-gitlab.js';
import { updateHetznerProject } from '../../actions/update-hetzner-project.js';
import type { Answer, IdentityPorts } from '../../ports.js';
import { IDENTITY_PORTS } from '../injection.js';
import { auditedChange, type Mutated } from './audited-change.js';

interface HetznerInput {
  name: string;
  apiToken: string;
  endpoint?: string | null;
}

/** Only owners hand over or take away credentials. */
@Resolver()
export class ConnectionMutationsResolver {
  constructor(@Inject(IDENTITY_PORTS) private readonly ports: IdentityPorts) {}

  @Mutation()
  connectHetznerProject(
    @Args('input') { name, apiToken, endpoint }: HetznerInput,
    @Context() context: SubgraphContext,
  ) {
    const wish = { name, apiToken, endpoint: endpoint ?? undefined };
    return this.change(
      context,
      'hetznerProject',
      { action: 'connect-hetzner-project' },
      ({ organizationId, name: actor }) => connectHetznerProject(this.ports, organizationId, actor, wish),
    );
  }

  @Mutation()
  updateHetznerProject(
    @Args() { id, name, apiToken }: { id: string; name?: string | null; apiToken?: string | null },
    @Context() context: SubgraphContext,
  ) {
    const update = { id, name: name ?? undefined, apiToken: apiToken ?? undefined };
    return this.change(
      context,
      'hetznerProject',
      { action: 'update-hetzner-project', kind: 'hetznerProject', id },
      ({ organizationId, name: actor }) => updateHetznerProject(this.ports, organizationId, actor, update),
    );
  }

  @Mutation()
  disconnectHetznerProject(@Args('id') id: string, @Context() context: SubgraphContext) {
    return this.change(
      context,
      'deletedId',
      { action: 'disconnect-hetzner-project', kind: 'hetznerProject', id },
      ({ organizationId, name }) => disconnectHetznerProject(this.ports, organizationId, name, id),
    );
  }

  @Mutation()
  connectGitLab(@Args('input') input: GitLabWish, @Context() context: SubgraphContext) {
    return this.change(context, 'gitlab', { action: 'connect-gitlab' }, ({ organizationId, name }) =>
      connectGitLab(this.ports, organizationId, name, input),
    );
  }

  @Mutation()
  updateGitLab(
    @Args() { id, name, accessToken }: { id: string; name?: string | null; accessToken?: string | null },
    @Context() context: SubgraphContext,
  ) {
    const update = { id, name: name ?? undefined, accessToken: accessToken ?? undefined };
    return this.change(
      context,
      'gitlab',
      { action: 'update-gitlab', kind: 'gitlabConnection', id },
      ({ organizationId, name: actor }) => updateGitLab(this.ports, organizationId, actor, update),
    );
  }

  @Mutation()
  disconnectGitLab(@Args('id') id: string, @Context() context: SubgraphContext) {
    return this.change(
      context,
      'deletedId',
      { action: 'disconnect-gitlab', kind: 'gitlabConnection', id },
      ({ organizationId, name }) => disconnectGitLab(this.ports, organizationId, name, id),
    );
  }

  private async change<T>(
    context: SubgraphContext,
    field: string,
    mutated: Mutated,
    action: (caller: UserCaller) => Promise<Answer<T>>,
  ): Promise<object> {
    const answer = await auditedChange(this.ports, context, mutated, action);
    return 'value' in answer
      ? { [field]: answer.value, userErrors: [] }
      : { [field]: null, userErrors: answer.refusals };
  }
}
