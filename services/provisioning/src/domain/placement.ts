/** A combination that Hetzner could not deliver a moment ago; it is left alone until `until`. */
export interface SoldOut {
  readonly serverType: string;
  readonly location: string;
  readonly until: Date;
}

/** How long a sold-out combination is left alone. */
export const SOLD_OUT_FOR_MS = 5 * 60_000;

/** The first type, in the customer's order, that may be had in the runner's location; the location never varies. */
export const chooseServerType = (
  serverTypes: readonly string[],
  location: string,
  soldOut: readonly SoldOut[],
  now: Date,
): string | undefined => serverTypes.find((serverType) => !isSoldOut(soldOut, serverType, location, now));

/** Whether any type of the pool may be had there. */
export const canPlace = (
  serverTypes: readonly string[],
  location: string,
  soldOut: readonly SoldOut[],
  now: Date,
): boolean => chooseServerType(serverTypes, location, soldOut, now) !== undefined;

/** When the first of the types may be tried again in this location. */
export function soldOutUntil(
  serverTypes: readonly string[],
  location: string,
  soldOut: readonly SoldOut[],
  now: Date,
): Date {
  const ends = serverTypes.map((serverType) => {
    const entries = soldOut.filter((entry) => entry.serverType === serverType && entry.location === location);
    return Math.max(now.getTime(), ...entries.map(({ until }) => until.getTime()));
  });
  return new Date(Math.min(...ends));
}

/** Whether the combination is left alone now. */
export const isSoldOut = (
  soldOut: readonly SoldOut[],
  serverType: string,
  location: string,
  now: Date,
): boolean =>
  soldOut.some(
    (entry) => entry.serverType === serverType && entry.location === location && entry.until > now,
  );
