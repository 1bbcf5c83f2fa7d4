import { queryOptions } from '@tanstack/react-query';
import { found } from './found.js';
import { ApiTokensDocument, type ApiTokensQuery } from './generated/graphql.js';
import { ask } from './graphql.js';

export type ApiToken = NonNullable<
  NonNullable<ApiTokensQuery['viewer']>['organization']['apiTokens']
>[number];

const AGAIN_MS = 15_000;

/** The API tokens that are not revoked; their secrets are nowhere. */
export const apiTokensQuery = queryOptions({
  queryKey: ['api-tokens'],
  queryFn: async ({ signal }) => {
    const { data, missing } = await ask(ApiTokensDocument, {}, signal);
    return found(data.viewer?.organization.apiTokens ?? null, missing) ?? [];
  },
  refetchInterval: AGAIN_MS,
});
