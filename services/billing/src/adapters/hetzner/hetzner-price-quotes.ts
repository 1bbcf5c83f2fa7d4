import { createHetznerClient, type HetznerPrice, type HetznerPricing } from '@cleanroom/hetzner';
import { parseMicros, type Clock } from '@cleanroom/kernel';
import { inOrganization, type Database } from '@cleanroom/persistence';
import { unwrapWith } from '@cleanroom/secrets';
import type { PriceQuotes, QuotedPrice } from '../../ports.js';

interface Options {
  database: Database;
  privateKey: string;
  clock: Clock;
  fetch: typeof fetch;
}

interface Project {
  endpoint: string;
  usable: boolean;
  token_sealed: Buffer | null;
}

/** Reads Hetzner's price list with the credentials that identity wrapped for this service. */
export class HetznerPriceQuotes implements PriceQuotes {
  constructor(private readonly options: Options) {}

  async quotesOf(organizationId: string, hetznerProjectId: string): Promise<QuotedPrice[] | undefined> {
    const rows: Project[] = await inOrganization(this.options.database, organizationId, (tx) =>
      tx.query(`SELECT endpoint, usable, token_sealed FROM hetzner_project WHERE id = $1`, [
        hetznerProjectId,
      ]),
    );
    const [project] = rows;
    if (!project?.usable || !project.token_sealed) return undefined;
    const binding = { organizationId, kind: 'hetzner-token', rowId: hetznerProjectId };
    const token = await unwrapWith(this.options.privateKey, project.token_sealed, binding);
    const client = createHetznerClient({
      endpoint: project.endpoint,
      token: () => token.reveal(),
      clock: this.options.clock,
      fetch: this.options.fetch,
    });
    return quotesFrom(await client.getPricing());
  }
}

const quotesFrom = ({ currency, serverTypes, primaryIps }: HetznerPricing): QuotedPrice[] => [
  ...serverTypes.flatMap(({ name, prices }) =>
    prices.map((price) => quote('machine', name, price, currency)),
  ),
  ...primaryIps.flatMap(({ type, prices }) =>
    prices.map((price) => quote('static-ip', type, price, currency)),
  ),
];

/** Net amounts: the customer's VAT is between them and Hetzner. */
function quote(
  kind: QuotedPrice['kind'],
  type: string,
  { location, hourly, monthly }: HetznerPrice,
  currency: string,
): QuotedPrice {
  const hourlyMicros = parseMicros(hourly.net);
  const monthlyCapMicros = parseMicros(monthly.net);
  if (hourlyMicros === undefined || monthlyCapMicros === undefined) {
    throw new RangeError(`the price of ${type} in ${location} is no decimal number`);
  }
  return { kind, type, location, hourlyMicros, monthlyCapMicros, currency };
}
