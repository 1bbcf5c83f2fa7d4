import { makeDue } from '@cleanroom/persistence';
import type { EntityManager } from 'typeorm';
import type { Price, PriceBook } from '../../domain/price.js';
import type { QuotedPrice } from '../../ports.js';

interface PriceRow {
  hetzner_project_id: string;
  kind: string;
  type: string;
  location: string;
  valid_from: Date;
  hourly_micros: string;
  monthly_cap_micros: string;
  currency: string;
}

/**
 * Stores a quote as valid from just after the reading before, which saw another, unless the newest known price is the
 * same. The first of all is valid from `now`. None is valid from before the one that it follows: that may be newer than
 * the reading before, where an older version of this service has read it, which keeps no time of its readings.
 */
export async function storePrices(
  tx: EntityManager,
  hetznerProjectId: string,
  quotes: readonly QuotedPrice[],
  now: Date,
): Promise<void> {
  const readBefore = await pricesReadAt(tx, hetznerProjectId);
  const validFrom = readBefore ? new Date(readBefore.getTime() + 1) : now;
  await tx.query(
    `INSERT INTO price (organization_id, hetzner_project_id, kind, type, location, valid_from, hourly_micros, monthly_cap_micros, currency)
     SELECT cleanroom_organization(), $1, quote.kind, quote.type, quote.location,
       GREATEST($2::timestamptz, newest.valid_from + interval '1 millisecond'), quote.hourly, quote.cap, quote.currency
     FROM unnest($3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::text[])
       AS quote (kind, type, location, hourly, cap, currency)
     LEFT JOIN LATERAL (SELECT valid_from, hourly_micros, monthly_cap_micros, currency FROM price
       WHERE hetzner_project_id = $1 AND kind = quote.kind AND type = quote.type AND location = quote.location
       ORDER BY valid_from DESC LIMIT 1) newest ON true
     WHERE (newest.hourly_micros, newest.monthly_cap_micros, newest.currency)
       IS DISTINCT FROM (quote.hourly, quote.cap, quote.currency)
     ON CONFLICT DO NOTHING`,
    [
      ...[hetznerProjectId, validFrom],
      quotes.map(({ kind }) => kind),
      quotes.map(({ type }) => type),
      quotes.map(({ location }) => location),
      quotes.map(({ hourlyMicros }) => hourlyMicros.toString()),
      quotes.map(({ monthlyCapMicros }) => monthlyCapMicros.toString()),
      quotes.map(({ currency }) => currency),
    ],
  );
  await tx.query(`UPDATE price_reading SET read_at = $2 WHERE id = $1`, [hetznerProjectId, now]);
}

export async function pricesReadAt(tx: EntityManager, hetznerProjectId: string): Promise<Date | undefined> {
  const [row]: { read_at: Date | null }[] = await tx.query(
    `SELECT read_at FROM price_reading WHERE id = $1`,
    [hetznerProjectId],
  );
  return row?.read_at ?? undefined;
}

/**
 * Has a project's prices read at `at`, or before. Where they are due by then its row is left alone: orders that come
 * together would wait for one another, and a reading for all of them. One that is under way may have been too early.
 */
export async function makePricesDue(tx: EntityManager, hetznerProjectId: string, at: Date): Promise<void> {
  const due: unknown[] = await tx.query(
    `SELECT id FROM price_reading
     WHERE id = $1 AND due_at <= $2 AND (lease_until IS NULL OR lease_until < now())`,
    [hetznerProjectId, at],
  );
  if (due.length === 0) await makeDue(tx, 'price_reading', hetznerProjectId, at);
}

/** Every price that the organisation's projects were ever quoted, in one read. */
export async function priceBook(tx: EntityManager): Promise<PriceBook> {
  const rows: PriceRow[] = await tx.query(
    `SELECT hetzner_project_id, kind, type, location, valid_from, hourly_micros, monthly_cap_micros, currency FROM price`,
  );
  const byThing = Map.groupBy(rows, (row) =>
    [row.hetzner_project_id, row.kind, row.type, row.location].join(' '),
  );
  return ({ hetznerProjectId, kind, type, location }) =>
    (byThing.get([hetznerProjectId, kind, type, location].join(' ')) ?? []).map(priceFromRow);
}

/** Hetzner bills in euro where its prices have not said otherwise yet. */
const USUAL_CURRENCY = 'EUR';

/** The one currency of an organisation. What an unused project of another quoted first is no part of any sum. */
export async function currencyOf(tx: EntityManager): Promise<string> {
  const [row]: { currency: string }[] = await tx.query(
    `SELECT currency FROM price ORDER BY valid_from DESC LIMIT 1`,
  );
  return row?.currency ?? USUAL_CURRENCY;
}

const priceFromRow = (row: PriceRow): Price => ({
  hourlyMicros: BigInt(row.hourly_micros),
  monthlyCapMicros: BigInt(row.monthly_cap_micros),
  currency: row.currency,
  validFrom: row.valid_from,
});
