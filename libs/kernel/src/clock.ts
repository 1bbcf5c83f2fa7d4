/**
 * The only source of "now" for rules and facts of the product. In local mode it is the virtual clock that the
 * simulators share; leases, socket time-outs and request signatures use real time instead.
 */
export interface Clock {
  now(): Date;
  /** How many clock seconds pass in one real second: 1 in production, `--speed` in local mode. */
  readonly factor: number;
}

/** The clock of the machine we run on. */
export const systemClock: Clock = { now: () => new Date(), factor: 1 };

export interface VirtualClockOptions {
  /** Real time of the anchor, in milliseconds since 1970. */
  readonly realAnchor: number;
  /** What the virtual clock showed at the anchor, in milliseconds since 1970. */
  readonly virtualAnchor: number;
  /** Virtual seconds per real second; above 0. */
  readonly factor: number;
}

/** A clock that runs `factor` times as fast as real time from a common anchor, so that all processes agree on it. */
export const virtualClock = ({ realAnchor, virtualAnchor, factor }: VirtualClockOptions): Clock => ({
  now: () => new Date(virtualAnchor + (Date.now() - realAnchor) * factor),
  factor,
});
