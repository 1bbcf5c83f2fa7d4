import type { Refusal } from '@cleanroom/kernel';
import { checkPoolCatalogue, checkPoolImage, type PoolBefore, type PoolWish } from '../domain/check-pool.js';
import type { Servers } from '../ports.js';

/** What only Hetzner can say about a wish: its server types, locations and image. Throws ProviderError. */
export async function checkWithHetzner(
  servers: Servers,
  wish: PoolWish,
  before?: PoolBefore,
): Promise<Refusal[]> {
  const { image } = wish;
  const [catalogue, available] = await Promise.all([
    servers.catalogue(),
    image === undefined ? [] : servers.architecturesOf(image),
  ]);
  return [
    ...checkPoolCatalogue(wish, catalogue, before),
    ...checkPoolImage(wish, catalogue, available, before),
  ];
}
