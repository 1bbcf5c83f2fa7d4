import { productClock, type ClockSettings, type ProductClock } from '../domain/product-clock.js';

let clock: ProductClock = (at) => at;
let isLocal = false;

/** Reads what the gateway tells every console; until then, and where it does not answer, real time counts. */
export async function loadSettings(): Promise<void> {
  const response = await fetch(`${import.meta.env.BASE_URL}config.json`, { cache: 'no-store' });
  if (!response.ok) return;
  const settings = (await response.json()) as ClockSettings;
  clock = productClock(settings, Date.now());
  isLocal = settings.clock !== undefined;
}

/** Whether this is the installation of `npm start`, which alone has a clock of its own. */
export const isDemo = (): boolean => isLocal;

/** Now, by the product's clock, in milliseconds since 1970. */
export const productNow = (): number => clock(Date.now());
