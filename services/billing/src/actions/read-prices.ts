import type { WorkLease } from '@cleanroom/kernel';
import type { BillingPorts } from '../ports.js';

/** Prices change a few times a year; in seconds of the product's clock. */
const READ_AGAIN_SECONDS = 6 * 3600;
const RETRY_SECONDS = 30;

/** Reads a project's prices from the provider and keeps what changed, by validity. */
export async function readPrices(
  { transactions, quotes, now, log }: BillingPorts,
  lease: WorkLease,
): Promise<void> {
  const { id: hetznerProjectId, organizationId } = lease;
  const found = await quotes.quotesOf(organizationId, hetznerProjectId).catch((error: unknown) => {
    log.warn({ organizationId, hetznerProjectId, reason: String(error) }, 'prices could not be read');
    return undefined;
  });
  await transactions.inOrganization(organizationId, async (tx) => {
    if (found) await tx.storePrices(hetznerProjectId, found, now());
    const seconds = found ? READ_AGAIN_SECONDS : RETRY_SECONDS;
    await tx.finish('price_reading', lease, new Date(now().getTime() + seconds * 1000));
  });
}
