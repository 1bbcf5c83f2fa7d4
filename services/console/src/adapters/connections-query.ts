import { queryOptions } from '@tanstack/react-query';
import { found } from './found.js';
import { ConnectionsDocument, type ConnectionsQuery } from './generated/graphql.js';
import { ask } from './graphql.js';

type Organization = NonNullable<ConnectionsQuery['viewer']>['organization'];
export type HetznerProject = Organization['hetznerProjects'][number];
export type GitLabConnection = Organization['gitlabConnections'][number];

/** Cleanroom itself looks at each once a minute. */
const AGAIN_MS = 15_000;

/** The Hetzner projects and the GitLab connections, which pools are made with. */
export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: async ({ signal }) => {
    const { data, missing } = await ask(ConnectionsDocument, {}, signal);
    const organization = found(data.viewer, missing)?.organization;
    return {
      hetznerProjects: organization?.hetznerProjects ?? [],
      gitlabConnections: organization?.gitlabConnections ?? [],
    };
  },
  refetchInterval: AGAIN_MS,
});
