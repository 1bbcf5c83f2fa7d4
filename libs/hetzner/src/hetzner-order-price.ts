import { z } from 'zod';

/** What a server is ordered at: decimal strings as Hetzner quotes them, net, in the account's currency. */
export interface HetznerOrderPrice {
  readonly hourlyNet: string;
  /** The most that a calendar month can cost. */
  readonly monthlyNet: string;
}

const place = z.object({
  server: z.object({
    location: z.object({ name: z.string() }),
    server_type: z.object({ prices: z.array(z.unknown()) }),
  }),
});
const quote = z.object({
  location: z.string(),
  price_hourly: z.object({ net: z.string() }),
  price_monthly: z.object({ net: z.string() }),
});

/**
 * Finds, in the answer to an order, the price of the server's own location. A server that is ordered and not known would
 * be paid for all the same: what is missing or has another form here is no price, and never an answer that is not understood.
 */
export const hetznerOrderPrice = z
  .unknown()
  .transform((answer): { price: HetznerOrderPrice | undefined } => ({ price: priceIn(answer) }));

function priceIn(answer: unknown): HetznerOrderPrice | undefined {
  const found = place.safeParse(answer);
  if (!found.success) return undefined;
  const { location, server_type } = found.data.server;
  const quotes = server_type.prices.map((one) => quote.safeParse(one).data);
  const own = quotes.find((one) => one?.location === location.name);
  return own && { hourlyNet: own.price_hourly.net, monthlyNet: own.price_monthly.net };
}
