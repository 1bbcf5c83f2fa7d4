/** The product's time for a time of this browser, both in milliseconds since 1970. */
export type ProductClock = (browserNow: number) => number;

export interface ClockSettings {
  /** Value of CLEANROOM_CLOCK, `<realEpochMs>:<virtualEpochMs>:<factor>`; left out where real time counts. */
  readonly clock?: string | undefined;
  /** What the gateway's clock showed when it answered. */
  readonly now: number;
}

/**
 * The clock by which ages are told. The demo's runs faster than real time; and a browser whose own clock is wrong gets the
 * gateway's.
 *
 * @param browserNow what this browser's clock showed when the settings came
 */
export function productClock({ clock, now }: ClockSettings, browserNow: number): ProductClock {
  const ahead = now - browserNow;
  const [real = 0, virtual = 0, factor = 1] = clock?.split(':').map(Number) ?? [];
  return (at) => virtual + (at + ahead - real) * factor;
}
