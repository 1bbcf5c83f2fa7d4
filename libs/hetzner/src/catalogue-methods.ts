import { z } from 'zod';
import {
  hetznerImage,
  hetznerLocation,
  hetznerPricing,
  hetznerServerType,
  type HetznerImage,
  type HetznerLocation,
  type HetznerPricing,
  type HetznerServerType,
} from './hetzner-catalogue.js';
import type { Requests } from './requests.js';

export interface CatalogueMethods {
  listServerTypes(): Promise<HetznerServerType[]>;
  listLocations(): Promise<HetznerLocation[]>;
  /** Those of that name that can be ordered, one for each architecture; deprecated ones can be until they are deleted. */
  findImagesByName(name: string): Promise<HetznerImage[]>;
  /** What a new order costs today; existing servers may cost something else. */
  getPricing(): Promise<HetznerPricing>;
}

export const catalogueMethods = (requests: Requests): CatalogueMethods => ({
  listServerTypes: () => requests.all('listServerTypes', 'server_types', hetznerServerType),
  listLocations: () => requests.all('listLocations', 'locations', hetznerLocation),
  findImagesByName: (name) =>
    requests.all('findImagesByName', 'images', hetznerImage, { query: { name, include_deprecated: 'true' } }),
  getPricing: async () => (await requests.one('getPricing', z.object({ pricing: hetznerPricing }))).pricing,
});
