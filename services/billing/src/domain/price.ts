/** What an hour of something costs, net, and what a calendar month of it costs at most. */
export interface PriceAtOrder {
  readonly hourlyMicros: bigint;
  readonly monthlyCapMicros: bigint;
}

/** Such a price as it stands in the book. */
export interface Price extends PriceAtOrder {
  /** ISO 4217. */
  readonly currency: string;
  readonly validFrom: Date;
}

/** What can have a price: a server type or `ipv4`, in one location of one project. */
export interface Priced {
  readonly kind: 'machine' | 'static-ip';
  readonly hetznerProjectId: string;
  readonly type: string;
  readonly location: string;
}

/** All known prices of a thing, in any order; none where the provider does not offer it there. */
export type PriceBook = (thing: Priced) => readonly Price[];

/**
 * The price of something ordered at `at`: it keeps it for its whole life. Before the first known price the first known
 * one counts, because prices are read from the provider only once its project is connected.
 */
export function priceAt(prices: readonly Price[], at: Date): Price | undefined {
  let best: Price | undefined;
  for (const price of prices) if (!best || isBetter(price, best, at)) best = price;
  return best;
}

function isBetter(one: Price, other: Price, at: Date): boolean {
  if (one.validFrom <= at) return other.validFrom > at || one.validFrom > other.validFrom;
  return other.validFrom > at && one.validFrom < other.validFrom;
}
