import type { Fault } from '@cleanroom/simulator-journal';

/** What becomes of one webhook on its way. */
export interface Fate {
  readonly lost: boolean;
  readonly double: boolean;
  /** Real time. */
  readonly delayMs: number;
}

const LONGEST_DELAY_MS = 1_000;

/**
 * What all the faults that strike it do together. One that is reordered waits up to a second, so that others overtake it.
 *
 * @param random in [0, 1)
 */
export function fateUnder(faults: readonly Fault[], random: () => number): Fate {
  const has = (mode: Fault['mode']): boolean => faults.some((fault) => fault.mode === mode);
  const delay = faults.find(({ mode }) => mode === 'delay')?.ms ?? 0;
  return {
    lost: has('lose_answer'),
    double: has('double'),
    delayMs: delay + (has('reorder') ? random() * LONGEST_DELAY_MS : 0),
  };
}
