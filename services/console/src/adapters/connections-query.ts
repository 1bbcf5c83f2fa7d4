import { queryOptions } from '@tanstack/react-query';
import { found } from './found.js';
import { ConnectionsDocument } from './generated/graphql.js';
import { ask } from './graphql.js';

/** The Hetzner projects and the GitLab connections that a pool can be made with. */
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
});
