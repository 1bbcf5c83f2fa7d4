import { refusal } from '@cleanroom/kernel';
import { checkPoolForm, type PoolWish } from '../domain/check-pool.js';
import { parseDuration } from '../domain/duration.js';
import { plainTags } from '../domain/plain-tags.js';
import type { Pool } from '../domain/pool.js';
import { isAwake } from '../domain/runner-state.js';
import {
  ProviderError,
  type Answer,
  type ProvisioningPorts,
  type ProvisioningTransaction,
} from '../ports.js';
import { checkWithHetzner } from './check-with-hetzner.js';

export type PoolUpdate = Omit<PoolWish, 'size' | 'scope'>;

/**
 * Changes what a pool is to be. Machines that exist keep what they were ordered with; tags reach the GitLab runners of
 * those that wait at once, and those of the others with their next job.
 */
export async function updatePool(
  { transactions, providers, now }: ProvisioningPorts,
  organizationId: string,
  id: string,
  update: PoolUpdate,
): Promise<Answer<Pool>> {
  const known = await transactions.inOrganization(organizationId, (tx) => tx.pools.find(id));
  if (!known || known.deleted) return NOT_FOUND;
  const wish = withKnown(update, known);
  const malformed = checkPoolForm(wish);
  if (malformed.length > 0) return { refusals: malformed };
  if (asksHetzner(update)) {
    const servers = await providers.serversOf(organizationId, known.hetznerProjectId);
    if (!servers) return NO_CREDENTIALS;
    const ofRunners = await transactions.inOrganization(organizationId, (tx) => locationsOfRunners(tx, id));
    try {
      const unknown = await checkWithHetzner(servers, wish, { ...known, ofRunners });
      if (unknown.length > 0) return { refusals: unknown };
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      return { refusals: [refusal('CONFLICT', 'Hetzner does not answer now. Try again.', 'input')] };
    }
  }
  return transactions.inOrganization(organizationId, async (tx) => {
    const name = update.name?.trim();
    const namesake = name === undefined ? undefined : await tx.pools.findByName(name);
    if (namesake && namesake.id !== id) {
      return { refusals: [refusal('ALREADY_EXISTS', `A pool named "${name}" exists.`, 'input', 'name')] };
    }
    const refused = await refuseMeanwhile(tx, id, update);
    if (refused) return refused;
    await lookAtAwake(tx, id, now());
    return { value: await tx.pools.change(id, patchFrom(update)) };
  });
}

const NOT_FOUND: Answer<never> = { refusals: [refusal('NOT_FOUND', 'No such pool.', 'input', 'id')] };
const NO_CREDENTIALS: Answer<never> = {
  refusals: [refusal('CREDENTIALS_INVALID', 'Hetzner does not accept the stored credentials.', 'input')],
};

/** The pool may have become another one since it was read: what is fine with the one may not be with the other. */
async function refuseMeanwhile(
  { pools }: ProvisioningTransaction,
  id: string,
  update: PoolUpdate,
): Promise<Answer<never> | undefined> {
  const current = await pools.lock(id);
  if (!current || current.deleted) return NOT_FOUND;
  const refusals = checkPoolForm(withKnown(update, current));
  return refusals.length > 0 ? { refusals } : undefined;
}

/** Where runners have their addresses, which they keep whatever the pool's locations are by now. */
async function locationsOfRunners({ runners }: ProvisioningTransaction, poolId: string): Promise<string[]> {
  return (await runners.ofPool(poolId)).flatMap(({ location, retiring }) =>
    location === null || retiring ? [] : [location],
  );
}

/** Those that wait would hear of the change only at their next deadline. */
async function lookAtAwake(tx: ProvisioningTransaction, poolId: string, now: Date): Promise<void> {
  for (const { id, state } of await tx.runners.ofPool(poolId)) {
    if (isAwake(state)) await tx.runners.makeDue(id, now);
  }
}

const asksHetzner = ({ serverTypes, locations, image }: PoolUpdate): boolean =>
  serverTypes !== undefined || locations !== undefined || image !== undefined;

/** Some rules hold between fields, so what is left out is checked as it is. */
const withKnown = (update: PoolUpdate, known: Pool): PoolUpdate => ({
  ...update,
  ...(update.tags || update.runUntagged !== undefined
    ? { tags: update.tags ?? known.tags, runUntagged: update.runUntagged ?? known.runUntagged }
    : {}),
  ...(asksHetzner(update)
    ? {
        serverTypes: update.serverTypes ?? known.serverTypes,
        locations: update.locations ?? known.locations,
        image: update.image ?? known.image,
      }
    : {}),
});

const patchFrom = ({
  name,
  tags,
  protectedOnly,
  idleTimeout,
  maxMachineAge,
  ...same
}: PoolUpdate): Partial<Pool> => ({
  ...same,
  ...(name === undefined ? {} : { name: name.trim() }),
  ...(tags === undefined ? {} : { tags: plainTags(tags) }),
  ...(protectedOnly === undefined ? {} : { protectedRefsOnly: protectedOnly }),
  ...(idleTimeout === undefined ? {} : { idleTimeoutSeconds: parseDuration(idleTimeout) ?? 0 }),
  ...(maxMachineAge === undefined ? {} : { maxMachineAgeSeconds: parseDuration(maxMachineAge) ?? 0 }),
});
