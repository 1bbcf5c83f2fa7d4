import type { BilledLife } from './hetzner-ledger.js';

/** Whether something that Hetzner billed was a runner's; by its name, because customers may strip labels. */
export const belongsTo =
  (runnerId: string) =>
  ({ name }: BilledLife): boolean =>
    name.startsWith(`cr-${runnerId.replace(/^run_/, '')}-`) ||
    name === `cr-ip-${runnerId.replace(/^run_/, '')}`;
