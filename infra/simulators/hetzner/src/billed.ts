import { billedNet, type Tariff } from './billing.js';
import { startedHours } from './billing-hours.js';
import type { Begun, Life, Rescale } from './ledger-entry.js';
import { span } from './life-span.js';

/** A life with what it costs up to now. */
export const billed = (life: Begun<Life>, now: number, rescales: readonly Rescale[] = []): object => ({
  ...life,
  ...span(life),
  hoursBilled: startedHours(life.created, life.deleted ?? now),
  billedNet: billedNet(life.created, life.deleted ?? now, tariffsOf(life, rescales)),
});

const tariffsOf = (life: Begun<Life>, rescales: readonly Rescale[]): Tariff[] => [
  { from: life.created, hourly: life.priceHourlyNet, monthly: life.priceMonthlyNet },
  ...rescales.map(({ at, hourly, monthly }) => ({ from: at, hourly, monthly })),
];
