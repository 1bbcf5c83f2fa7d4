import { z } from 'zod';
import type { LedgerEntry } from '../ledger.js';
import { jobRows, runnerRows } from '../ledger-views.js';
import type { World } from '../world.js';

/** Query of `GET /_sim/report`. */
export const ledgerFilter = z.strictObject({
  since: z.coerce.number().int().min(0).optional(),
  operation: z.string().optional(),
});

/**
 * Jobs and runners as rows, calls and deliveries as they were. With `since`, calls and deliveries after that number only,
 * and all entries after it; with `operation`, only its calls. `callsForgotten` is how many of them may be missing.
 */
export function ledgerView({ ledger, clock }: World, filter: z.output<typeof ledgerFilter>): object {
  const { since, operation } = filter;
  const entries = ledger.entries();
  const newer = since === undefined ? entries : entries.filter(({ seq }) => seq > since);
  return {
    now: clock.now().toISOString(),
    lastSeq: entries.at(-1)?.seq ?? 0,
    jobs: jobRows(entries),
    runners: runnerRows(entries),
    callsForgotten: ledger.forgottenSince(since ?? 0),
    calls: newer.filter((entry) => isCallOf(entry, operation)),
    webhooks: newer.filter(({ type }) => type === 'webhook-delivery'),
    ...(since === undefined ? {} : { entries: newer }),
  };
}

const isCallOf = (entry: LedgerEntry, operation: string | undefined): boolean =>
  entry.type === 'api-call' && (operation === undefined || entry.operation === operation);
