import { laterOf, type WorkLease } from '@cleanroom/kernel';
import type { BillingPorts, BillingTransaction } from '../ports.js';

/** Prices change a few times a year; in seconds of the product's clock. */
const READ_AGAIN_SECONDS = 6 * 3600;
const RETRY_SECONDS = 30;
/** However much is ordered. */
const MOST_OFTEN_SECONDS = 60;

/** Reads a project's prices from the provider and keeps what changed, by validity. */
export async function readPrices(ports: BillingPorts, lease: WorkLease): Promise<void> {
  const { transactions, quotes, now, log } = ports;
  const { id: hetznerProjectId, organizationId } = lease;
  if (await isPutOff(ports, lease)) return;
  const found = await quotes.quotesOf(organizationId, hetznerProjectId).catch((error: unknown) => {
    log.warn({ organizationId, hetznerProjectId, reason: String(error) }, 'prices could not be read');
    return undefined;
  });
  await transactions.inOrganization(organizationId, async (tx) => {
    if (found) await tx.storePrices(hetznerProjectId, found, now());
    const seconds = found ? READ_AGAIN_SECONDS : RETRY_SECONDS;
    await tx.finish('price_reading', lease, after(now(), seconds));
  });
}

/** An order that is heard of while prices are read makes them due at once: without end, where orders come fast. */
const isPutOff = ({ transactions, now }: BillingPorts, lease: WorkLease): Promise<boolean> =>
  transactions.inOrganization(lease.organizationId, async (tx) => {
    const readAt = await tx.pricesReadAt(lease.id);
    const earliest = readAt && after(readAt, MOST_OFTEN_SECONDS);
    if (!earliest || earliest <= now()) return false;
    await tx.finish('price_reading', lease, earliest);
    return true;
  });

/**
 * Reads them again because something was ordered. The provider does not say since when a price holds: one that is new
 * holds from just after the reading before, so that reading has to be as young as the order before this one.
 */
export async function readPricesOfOrder(
  { pricesReadAt, makePricesDue }: Pick<BillingTransaction, 'pricesReadAt' | 'makePricesDue'>,
  hetznerProjectId: string,
  now: Date,
): Promise<void> {
  const readAt = await pricesReadAt(hetznerProjectId);
  await makePricesDue(hetznerProjectId, readAt ? laterOf(now, after(readAt, MOST_OFTEN_SECONDS)) : now);
}

const after = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);
