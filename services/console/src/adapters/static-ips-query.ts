import { queryOptions } from '@tanstack/react-query';
import type { StaticIp } from '../domain/allow-list.js';
import { allPages } from './all-pages.js';
import { found } from './found.js';
import { StaticIpsDocument, StaticIpsOfPoolDocument } from './generated/graphql.js';
import { ask } from './graphql.js';

const AGAIN_MS = 15_000;

/**
 * The addresses of all runners, or of those of one pool.
 *
 * @param poolId empty for all
 */
export const staticIpsQuery = (poolId: string) =>
  queryOptions({
    queryKey: ['static-ips', poolId],
    queryFn: ({ signal }) => (poolId ? ofPool(poolId, signal) : ofAll(signal)),
    refetchInterval: AGAIN_MS,
  });

async function ofAll(signal: AbortSignal): Promise<readonly StaticIp[]> {
  const { data, missing } = await ask(StaticIpsDocument, {}, signal);
  return found(data.staticIps, missing) ?? [];
}

/** A list that lacks some is worse than none: whoever is not on it is let in nowhere. */
async function ofPool(id: string, signal: AbortSignal): Promise<readonly StaticIp[]> {
  const { items } = await allPages(async (after) => {
    const { data, missing } = await ask(StaticIpsOfPoolDocument, { id, after }, signal);
    return { page: missing.length > 0 ? null : (data.runnerPool?.runners ?? NO_PAGE), missing };
  });
  return items.flatMap(({ staticIp }) => staticIp ?? []);
}

const NO_PAGE = { nodes: [], totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null } };
