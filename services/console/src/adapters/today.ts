import { productNow } from './settings.js';

const DAY_MS = 86_400_000;

/** The day that it is (UTC), as the API is asked for its cost. */
export function today(): { readonly from: string; readonly to: string } {
  const midnight = Math.floor(productNow() / DAY_MS) * DAY_MS;
  return { from: new Date(midnight).toISOString(), to: new Date(midnight + DAY_MS).toISOString() };
}
