import { messagingMigrations } from '@cleanroom/messaging';
import { usedNoncesMigration } from '@cleanroom/persistence';
import { Billing202611230900 } from './202611230900-billing.js';
import { Money202611231650 } from './202611231650-money.js';
import { ClosedForGood202611280800 } from './202611280800-closed-for-good.js';
import { PricesReadAt202611302350 } from './202611302350-prices-read-at.js';
import { PriceAtOrder202612010245 } from './202612010245-price-at-order.js';
import { StaticIpSpend202612010420 } from './202612010420-static-ip-spend.js';

/** Everything that the billing service's database is made of, in order. */
export const migrations = [
  ...messagingMigrations,
  Billing202611230900,
  Money202611231650,
  ClosedForGood202611280800,
  PricesReadAt202611302350,
  PriceAtOrder202612010245,
  usedNoncesMigration,
  StaticIpSpend202612010420,
];
