import { addMoney, money, type Money } from '@cleanroom/kernel';
import type { Meter } from './meter.js';
import { costWithin, priced } from './metered-cost.js';
import type { PriceBook } from './price.js';
import { ALWAYS } from './window.js';

/** What the metered things cost up to now; `undefined` while a price is unknown, and where nothing was metered. */
export const costToDate = (meters: readonly Meter[], prices: PriceBook, now: Date): Money | undefined =>
  priced(meters, prices)
    ?.map((one) => money(costWithin(one, ALWAYS, now), one.price.currency))
    .reduce<Money | undefined>((sum, cost) => (sum ? addMoney(sum, cost) : cost), undefined);
