/**
 * The only source of "now" for rules and facts of the product. In local mode it is the virtual clock that the
 * simulators share; leases, socket time-outs and request signatures use real time instead.
 */
export interface Clock {
  now(): Date;
  /** How many clock seconds pass in one real second: 1 in production, `--speed` in local mode. */
  readonly factor: number;
  /** Resolves when so many milliseconds of this clock have passed; rejects as soon as it is told to give up. */
  sleep(milliseconds: number, giveUp?: AbortSignal): Promise<void>;
}

/** A line on which virtual time runs: `virtual = virtualEpochMs + (real − realEpochMs) × factor`. */
export interface ClockScale {
  /** Real time of the anchor, in milliseconds since 1970. */
  readonly realEpochMs: number;
  /** What the virtual clock showed at the anchor, in milliseconds since 1970. */
  readonly virtualEpochMs: number;
  /** Virtual seconds per real second; above 0. */
  readonly factor: number;
}

/** Longer timers fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const SETTING = /^\d+:\d+:(\d+|\d*\.\d+)$/;

/** A clock that runs `factor` times as fast as real time from a common anchor, so that all processes agree on it. */
export const scaledClock = ({ realEpochMs, virtualEpochMs, factor }: ClockScale): Clock => ({
  now: () => new Date(virtualEpochMs + (Date.now() - realEpochMs) * factor),
  factor,
  sleep: (milliseconds, giveUp) => pause(milliseconds / factor, giveUp),
});

/** The clock of the machine we run on. */
export const systemClock: Clock = {
  now: () => new Date(),
  factor: 1,
  sleep: (ms, giveUp) => pause(ms, giveUp),
};

/** What `CLEANROOM_CLOCK` says of a clock: `<realEpochMs>:<virtualEpochMs>:<factor>`. */
export const clockSetting = ({ realEpochMs, virtualEpochMs, factor }: ClockScale): string =>
  `${realEpochMs}:${virtualEpochMs}:${factor}`;

/** The setting by which others have the same time as a clock that is here. */
export const settingOf = (clock: Clock): string =>
  clockSetting({ realEpochMs: Date.now(), virtualEpochMs: clock.now().getTime(), factor: clock.factor });

/** The clock that `CLEANROOM_CLOCK` describes; `undefined` where the text describes none. */
export function readClock(setting: string): Clock | undefined {
  const [realEpochMs = 0, virtualEpochMs = 0, factor = 0] = setting.split(':').map(Number);
  if (!SETTING.test(setting) || factor <= 0) return undefined;
  return scaledClock({ realEpochMs, virtualEpochMs, factor });
}

/** @param milliseconds of real time */
async function pause(milliseconds: number, giveUp?: AbortSignal): Promise<void> {
  const end = performance.now() + milliseconds;
  for (let left = milliseconds; left > 0; left = end - performance.now()) {
    await oneTimer(Math.min(left, LONGEST_TIMER_MS), giveUp);
  }
  giveUp?.throwIfAborted();
}

function oneTimer(milliseconds: number, giveUp?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    giveUp?.throwIfAborted();
    const stop = (): void => {
      clearTimeout(timer);
      reject(giveUp?.reason as Error);
    };
    const timer = setTimeout(() => {
      giveUp?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    giveUp?.addEventListener('abort', stop, { once: true });
  });
}
